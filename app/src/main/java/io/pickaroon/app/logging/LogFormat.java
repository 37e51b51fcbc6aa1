package io.pickaroon.app.logging;

/** How lines of the log look. */
public enum LogFormat {
    /** Level and message, for people. */
    TEXT,
    /** One JSON object for each line, for programs: time, level, logger, thread, message, and what was thrown. */
    JSON
}
