/**
 * {@code pickaroon fix}: changes what matches in files, at the same length, or previews it.
 */
package io.pickaroon.app.fix;
