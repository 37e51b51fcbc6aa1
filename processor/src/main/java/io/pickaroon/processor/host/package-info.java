/**
 * The machine as the engine sees it: clocks, threads, and how files are found, opened and watched. Tests replace it by one
 * that they control.
 */
package io.pickaroon.processor.host;
