package io.pickaroon.processor.search;

/**
 * Two bytes at a distance, each in one of two forms, such as the cases of a letter.
 *
 * @param first the first byte
 * @param firstAlt its other form, the same byte if it has none
 * @param second the second byte
 * @param secondAlt its other form, the same byte if it has none
 * @param distance from the first byte to the second, at least 0
 */
public record BytePair(byte first, byte firstAlt, byte second, byte secondAlt, int distance) {}
