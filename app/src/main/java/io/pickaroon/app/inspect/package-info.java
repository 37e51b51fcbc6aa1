/**
 * Checkpoints on disk, read without a lock, because a run may be using them.
 */
package io.pickaroon.app.inspect;
