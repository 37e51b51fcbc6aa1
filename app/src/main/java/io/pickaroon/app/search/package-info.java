/**
 * What {@code scan} and {@code fix} share: what to look for, in which files, within which limits.
 */
package io.pickaroon.app.search;
