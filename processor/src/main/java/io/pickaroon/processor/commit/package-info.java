/**
 * The single writer: makes fixes in groups, commits the checkpoint, and recovers both after a crash. Everything else reads
 * progress and asks for changes of it.
 */
package io.pickaroon.processor.commit;
