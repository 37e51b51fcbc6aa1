/**
 * A run to the present end of the files.
 */
package io.pickaroon.processor.once;
