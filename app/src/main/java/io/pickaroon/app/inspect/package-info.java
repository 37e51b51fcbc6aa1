/**
 * Checkpoints on disk, looked at without a lock: a run may be using them.
 */
package io.pickaroon.app.inspect;
