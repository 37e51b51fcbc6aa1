/**
 * The lines that files and the console get, rendered by the forms of their rules.
 */
package io.pickaroon.connectors.lines;
