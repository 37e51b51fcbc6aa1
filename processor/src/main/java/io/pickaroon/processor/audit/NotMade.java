package io.pickaroon.processor.audit;

import java.util.Locale;

/** Why a change that was announced was not made. */
public enum NotMade {
    /** Other bytes stood there by then. */
    CHANGED,
    /** Its bytes stood there already. */
    ALREADY,
    /** After a crash the file was gone: part of the change may have been made. */
    GONE;

    String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
