/**
 * The single writer: makes fixes in groups, commits the checkpoint, and recovers both after a crash. Everything else reads
 * {@link io.pickaroon.processor.commit.CommittedPositions}, and commands through {@link
 * io.pickaroon.processor.commit.CommitQueue}.
 */
package io.pickaroon.processor.commit;
