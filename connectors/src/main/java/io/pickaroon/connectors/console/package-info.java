/**
 * A sink that prints matches, for a person at a terminal or the next program of a pipe. It delivers at least once
 * and keeps nothing.
 */
package io.pickaroon.connectors.console;
