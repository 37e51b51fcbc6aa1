/**
 * Changes in place, of the same length. A group of windows is written to the journal first, then to the files, so that a crash
 * in between is finished by the next run. Fixes are made only after delivery.
 */
package io.pickaroon.processor.fix;
