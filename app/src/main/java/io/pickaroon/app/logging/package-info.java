/**
 * The log on standard error, as text or JSON: set up in code, limited where it repeats itself, without secrets of libraries.
 */
package io.pickaroon.app.logging;
