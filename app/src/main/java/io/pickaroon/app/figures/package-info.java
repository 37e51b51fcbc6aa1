/**
 * What a run does, or would do, by file and rule, and the file that keeps it.
 */
package io.pickaroon.app.figures;
