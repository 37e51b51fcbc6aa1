/**
 * The engine's matches as records that may be shown, and as the lines that files and the console get, rendered by the forms of
 * their rules.
 */
package io.pickaroon.connectors.shown;
