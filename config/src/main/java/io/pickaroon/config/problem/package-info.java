/**
 * Mistakes in a settings file: where each stands, what was expected, what may have been meant, and what of the file a message
 * may show.
 */
package io.pickaroon.config.problem;
