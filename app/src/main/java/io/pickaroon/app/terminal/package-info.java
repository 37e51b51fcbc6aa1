/**
 * Text for people: standard output and error, progress, tables, quantities, and arguments as the bytes that were typed.
 */
package io.pickaroon.app.terminal;
