/**
 * Regular expressions over bytes: one parser, one automaton, and the needles without which an expression cannot match. Time
 * is linear in the input. Knows no files.
 */
package io.pickaroon.processor.regex;
