/**
 * {@code pickaroon demo}: a log whose content is known, the whole pipeline, and proof that nothing was lost.
 */
package io.pickaroon.app.demo;
