package io.pickaroon.app.search;

/**
 * What bounds memory.
 *
 * @param windowBytes how much of a file is scanned as one
 * @param maxRecordBytes only this much of a longer record is looked at
 * @param threads how many windows are scanned at the same time
 */
public record ReadingLimits(int windowBytes, int maxRecordBytes, int threads) {}
