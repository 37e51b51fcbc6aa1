/**
 * How far every log file has been dealt with, kept through any crash.
 *
 * <p>{@link CheckpointCodec} turns a {@link Checkpoint} into the bytes of a slot and decides, without I/O, which of two
 * slots is to be believed; {@link CheckpointFile} is the only writer; {@link CheckpointInspection} is for looking on.
 */
package io.pickaroon.processor.checkpoint;
