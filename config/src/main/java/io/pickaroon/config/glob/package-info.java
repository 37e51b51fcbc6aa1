/** Patterns for paths, matched in linear time. Knows no files and no settings. */
package io.pickaroon.config.glob;
