package io.pickaroon.app.pipeline;

/**
 * How a configuration is run, by the command line.
 *
 * @param once whether to end at the end of the files
 * @param fromBeginning whether to read every file from its start, even what the checkpoint and the destination know as delivered
 */
public record RunOptions(boolean once, boolean fromBeginning) {
    /** To the end of the files, from where an earlier run came to. */
    public static final RunOptions ONCE = new RunOptions(true, false);
}
