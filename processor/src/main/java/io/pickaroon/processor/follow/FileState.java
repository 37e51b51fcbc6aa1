package io.pickaroon.processor.follow;

/**
 * The state of a followed file. It follows from what is known of the file, see {@link FileFacts}; where several would fit, the
 * one that stands first counts.
 */
enum FileState {
    /** No name leads to it, it is closed, and nothing more of it will ever be read. */
    EXPIRED,
    /** It could not be read, and is tried again after a pause. */
    BACKING_OFF,
    /** Another file had its name before, and is not read to its end. */
    BLOCKED,
    /** It is known, and not read yet in this session of the sink. */
    DISCOVERED,
    /** It became shorter since its last turn. */
    TRUNCATED,
    /** It is rotated or missing, read to its end, delivered, and fixed. */
    DRAINED,
    /** No name leads to it. */
    MISSING,
    /** Its first name leads elsewhere. */
    ROTATED,
    /** It is at its first name and closed. */
    CLOSED,
    /** It is at its first name, open, and has not changed for some time. */
    IDLE,
    /** It is at its first name, open, and has changed lately. */
    ACTIVE
}
