/**
 * The engine's matches as records that may be shown, rendered by the forms of their rules: what all sinks share, whatever
 * they make of it.
 */
package io.pickaroon.connectors.shown;
