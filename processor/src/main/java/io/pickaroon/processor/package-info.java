/**
 * The engine as a library: {@link LogProcessor} runs files through to a destination, {@link LogSearch} only finds records. The
 * packages below are its stages; callers need {@code input}, {@code scan}, {@code delivery}, {@code metrics} and {@code file}.
 */
package io.pickaroon.processor;
