/**
 * How far every log file is delivered and fixed, durable through any crash.
 *
 * <p>{@link CheckpointCodec} turns a {@link Checkpoint} into the bytes of a slot and decides, without I/O, which of two
 * slots counts; {@link CollectedProgress} has the rules of progress, also without I/O; {@link CheckpointFile} is the
 * only writer; {@link CheckpointInspection} reads without a lock.
 */
package io.pickaroon.processor.checkpoint;
