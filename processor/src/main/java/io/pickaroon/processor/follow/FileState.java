package io.pickaroon.processor.follow;

/**
 * The state of a followed file. It follows from {@link FileFacts}; where several would fit, the one that is declared first
 * counts. What is not listed leaves a file in its state.
 *
 * <pre>
 * state                     event                                  becomes
 * DISCOVERED                a turn reads it                        ACTIVE, IDLE, ROTATED, MISSING, DRAINED
 * BLOCKED                   the earlier file is read, then a turn  the same
 * BACKING_OFF               a turn reads it                        the same
 * TRUNCATED                 a turn begins its next generation      the same
 * CLOSED                    a turn opens it                        the same
 * ACTIVE                    does not change for 10 s               IDLE
 * IDLE                      grows                                  ACTIVE
 * ACTIVE, IDLE              is closed                              CLOSED
 * ACTIVE, IDLE, CLOSED      its name leads elsewhere               ROTATED; DRAINED if nothing is left
 * ACTIVE, IDLE, CLOSED      no name leads to it                    MISSING; DRAINED if nothing is left
 * ROTATED                   no name leads to it                    MISSING
 * ROTATED, MISSING          is read, acknowledged, and fixed       DRAINED
 * DRAINED                   grows                                  ROTATED, MISSING
 * all that were read        becomes shorter                        TRUNCATED
 * all that have turns       a turn cannot read it                  BACKING_OFF
 * all that were read        a new session of the sink begins       DISCOVERED; BLOCKED behind an earlier file
 * all                       is missing, and not open (any more)    EXPIRED; what is unread is counted as lost
 * </pre>
 *
 * <p>Two states are about something beside the file: {@link #BLOCKED} ends with another file, and {@link #BACKING_OFF} with
 * time. A rotated file stays open, and {@link #DRAINED}, until it is closed like any other; so {@link #CLOSED} is a file
 * that can be opened again, and the end is {@link #EXPIRED} alone.
 */
enum FileState {
    /** No name leads to it, it is closed, and nothing more of it is ever read. */
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
    /** It is at its first name, and closed. */
    CLOSED,
    /** It is at its first name, open, and has not changed for some time. */
    IDLE,
    /** It is at its first name, open, and has changed lately. */
    ACTIVE
}
