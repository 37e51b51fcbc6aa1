package io.pickaroon.processor.delivery;

import io.pickaroon.processor.scan.ScannedWindow;
import java.util.Objects;

/**
 * A sink's confirmation that every match of a window is durable at its destination, or, if the destination refuses a
 * match for good, in the dead-letter destination.
 *
 * @param window what is acknowledged; the {@link ScannedWindow#before head} of a window if nothing more of that window will be in
 *     this session
 * @param emittedMatches matches that reached their proper destination in this session
 * @param deadLetteredMatches matches that went to the dead-letter destination
 * @param deadLetteredBytes bytes of those matches' records, without delimiters
 * @param ofEarlierSession true if the destination had all of the window already: rules that are new were applied to
 *     none of its records
 * @param reasons why matches went to the dead-letter destination, and why others have another time than they tell
 */
public record Acknowledgement(
        ScannedWindow window,
        long emittedMatches,
        long deadLetteredMatches,
        long deadLetteredBytes,
        boolean ofEarlierSession,
        DeliveryReasons reasons) {
    public Acknowledgement {
        Objects.requireNonNull(window, "window");
        Objects.requireNonNull(reasons, "reasons");
    }

    /** Without reasons. */
    public Acknowledgement(
            ScannedWindow window,
            long emittedMatches,
            long deadLetteredMatches,
            long deadLetteredBytes,
            boolean ofEarlierSession) {
        this(window, emittedMatches, deadLetteredMatches, deadLetteredBytes, ofEarlierSession, DeliveryReasons.NONE);
    }

    /** In this session some matches went to the dead-letter destination, all others to their proper one. */
    public Acknowledgement(ScannedWindow window, long deadLetteredMatches, long deadLetteredBytes) {
        this(window, deadLetteredMatches, deadLetteredBytes, DeliveryReasons.NONE);
    }

    /** Like the other one, with reasons. */
    public Acknowledgement(
            ScannedWindow window, long deadLetteredMatches, long deadLetteredBytes, DeliveryReasons reasons) {
        this(
                window,
                window.matches().size() - deadLetteredMatches,
                deadLetteredMatches,
                deadLetteredBytes,
                false,
                reasons);
    }

    /** Everything reached its proper destination. */
    public static Acknowledgement of(ScannedWindow window) {
        return new Acknowledgement(window, 0, 0);
    }

    /** Matches that an earlier session brought to their destination, of which nothing was sent in this one. */
    public long earlierMatches() {
        return window.matches().size() - emittedMatches - deadLetteredMatches;
    }

    static Acknowledgement ofEarlierSession(ScannedWindow window) {
        return new Acknowledgement(window, 0, 0, 0, true);
    }
}
