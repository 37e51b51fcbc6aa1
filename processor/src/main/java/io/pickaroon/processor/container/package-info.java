/**
 * Log files as container runtimes write them: what a line holds beside its text, and which lines are one record. Knows files,
 * and neither windows nor rules.
 */
package io.pickaroon.processor.container;
