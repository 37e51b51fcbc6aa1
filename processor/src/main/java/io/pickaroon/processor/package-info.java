/**
 * The engine as a library: {@link LogProcessor} runs files through to a destination, {@link LogSearch} finds records, {@link
 * LogFollow} goes on with those that are appended. The packages below are its stages; callers need {@code input}, {@code scan},
 * {@code delivery}, {@code metrics} and {@code file}.
 */
package io.pickaroon.processor;
