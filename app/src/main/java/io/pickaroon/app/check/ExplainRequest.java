package io.pickaroon.app.check;

import java.nio.file.Path;
import java.util.List;

/**
 * What {@code --explain} is asked for.
 *
 * @param samples where the lines come from, {@code -} for standard input; empty: the files of the inputs
 * @param mostRecords of each rule, at least 1
 * @param json whether programs read it
 */
record ExplainRequest(List<Path> samples, int mostRecords, boolean json) {}
