package io.pickaroon.records.time;

/**
 * Times as common programs write them at the beginning of a record, read piece by piece. Stateless. Each reads what stands there
 * into a {@link CivilTime}, with {@link #NO_YEAR} where no year is written, and leaves the place behind it.
 */
enum KnownTime {
    /** A date and a time of ISO 8601 with a T, a space or an underscore between, with a zone or without. */
    ISO8601 {
        @Override
        boolean readAt(TimeText text, CivilTime into) {
            return iso(text, into) && zone(text, into);
        }
    },
    /** {@code Jun 14 15:16:01}, after a priority in angle brackets if there is one; or a time of ISO 8601, as RFC 5424 wants it. */
    SYSLOG {
        @Override
        boolean readAt(TimeText text, CivilTime into) {
            if (text.is('<') && !(text.number(1, 3) && text.is('>'))) {
                return false;
            }
            int start = text.place();
            return month(text, into) && text.is(' ') && clockBehindDay(text, into)
                    || again(text, start, into) && version(text) && ISO8601.readAt(text, into);
        }

        private boolean clockBehindDay(TimeText text, CivilTime into) {
            into.year = NO_YEAR;
            return day(text, 1, into) && text.is(' ') && clock(text, into) && fraction(text, into);
        }

        private boolean version(TimeText text) {
            int start = text.place();
            if (!(text.number(1, 2) && text.is(' '))) {
                text.goTo(start);
            }
            return true;
        }
    },
    /** {@code 10/Oct/2000:13:55:36 -0700}, as access logs have it in brackets within their first KiB. */
    CLF {
        @Override
        boolean find(TimeText text, CivilTime into) {
            while (text.goBehind('[')) {
                int start = text.place();
                if (again(text, start, into) && readAt(text, into)) {
                    return true;
                }
                text.goTo(start);
            }
            return false;
        }

        @Override
        boolean readAt(TimeText text, CivilTime into) {
            if (!(day(text, 2, into) && text.is('/') && month(text, into) && text.is('/') && text.number(4, 4))) {
                return false;
            }
            into.year = text.number;
            return text.is(':') && clock(text, into) && text.is(' ') && zone(text, into);
        }
    },
    /** As {@link #ISO8601}, or {@code 14 Jun 2026 15:16:01,123}, also behind a level in letters. */
    LOG4J {
        @Override
        boolean find(TimeText text, CivilTime into) {
            int start = text.place();
            if (text.letters() > 0) {
                skipBlanks(text);
            } else {
                text.goTo(start);
            }
            return super.find(text, into);
        }

        @Override
        boolean readAt(TimeText text, CivilTime into) {
            int start = text.place();
            return ISO8601.readAt(text, into)
                    || again(text, start, into)
                            && day(text, 1, into)
                            && text.is(' ')
                            && month(text, into)
                            && text.is(' ')
                            && year(text, into)
                            && text.is(' ')
                            && clock(text, into)
                            && fraction(text, into);
        }
    },
    /** {@code I0614 15:16:01.123456}, or with eight digits for the date. */
    GLOG {
        @Override
        boolean readAt(TimeText text, CivilTime into) {
            if (text.letters() != 1) {
                return false;
            }
            boolean hasYear = text.digits(8) == 8;
            if (hasYear && !year(text, into)) {
                return false;
            }
            into.year = hasYear ? into.year : NO_YEAR;
            if (!text.number(2, 2)) {
                return false;
            }
            into.month = text.number;
            return day(text, 2, into) && text.is(' ') && clock(text, into) && text.is('.') && thousandths(text, into);
        }
    };

    /** No year stands there. */
    static final int NO_YEAR = Integer.MIN_VALUE;

    /** Reads a time that stands at this place. */
    abstract boolean readAt(TimeText text, CivilTime into);

    /** Reads the time of a record whose beginning this is: after a bracket or a quotation mark, if there is one. */
    boolean find(TimeText text, CivilTime into) {
        skipOpening(text);
        return readAt(text, into) && text.isAtBoundary();
    }

    /** True if a time may have no year. */
    boolean mayLackYear() {
        return this == SYSLOG || this == GLOG;
    }

    /** Reads a text that is a time and nothing else. */
    boolean readAll(TimeText text, CivilTime into) {
        return readAt(text, into) && text.isAtEnd();
    }

    static void skipOpening(TimeText text) {
        skipBlanks(text);
        boolean _ = text.is('[') || text.is('(') || text.is('"');
    }

    private static void skipBlanks(TimeText text) {
        while (text.is(' ') || text.is('\t')) {
            continue;
        }
    }

    private static boolean again(TimeText text, int start, CivilTime into) {
        text.goTo(start);
        into.clear();
        return true;
    }

    private static boolean iso(TimeText text, CivilTime into) {
        if (!(year(text, into) && text.is('-') && text.number(2, 2))) {
            return false;
        }
        into.month = text.number;
        return text.is('-')
                && day(text, 2, into)
                && (text.is('T') || text.is(' ') || text.is('_'))
                && clock(text, into)
                && fraction(text, into);
    }

    private static boolean year(TimeText text, CivilTime into) {
        boolean there = text.number(4, 4);
        into.year = text.number;
        return there;
    }

    private static boolean month(TimeText text, CivilTime into) {
        boolean there = text.month();
        into.month = text.number;
        return there;
    }

    /** Of one digit with a space before it, too, where one is enough. */
    private static boolean day(TimeText text, int fewest, CivilTime into) {
        boolean isPadded = fewest == 1 && text.is(' ');
        boolean there = text.number(isPadded ? 1 : fewest, isPadded ? 1 : 2);
        into.day = text.number;
        return there;
    }

    private static boolean clock(TimeText text, CivilTime into) {
        if (!text.number(2, 2)) {
            return false;
        }
        into.hour = text.number;
        if (!text.is(':') || !text.number(2, 2)) {
            return false;
        }
        into.minute = text.number;
        if (!text.is(':') || !text.number(2, 2)) {
            return false;
        }
        into.second = text.number;
        return true;
    }

    /** Reads what stands behind a point or a comma, where digits do. */
    private static boolean fraction(TimeText text, CivilTime into) {
        int start = text.place();
        if ((text.is('.') || text.is(',')) && thousandths(text, into)) {
            return true;
        }
        text.goTo(start);
        return true;
    }

    private static boolean thousandths(TimeText text, CivilTime into) {
        if (!text.thousandths(1, 9)) {
            return false;
        }
        into.millis = text.number;
        return true;
    }

    /** Reads a zone, if one is written: Z, UTC, GMT, or hours and minutes with a colon or without, also behind a space. */
    private static boolean zone(TimeText text, CivilTime into) {
        int start = text.place();
        if (text.is('Z')) {
            into.offsetSeconds = 0;
            return true;
        }
        boolean _ = text.is(' ');
        int name = text.place();
        if ((text.is('U') ? text.is('T') && text.is('C') : text.is('G') && text.is('M') && text.is('T'))
                && text.isAtBoundary()) {
            into.offsetSeconds = 0;
            return true;
        }
        text.goTo(name);
        int sign = text.is('+') ? 1 : text.is('-') ? -1 : 0;
        if (sign != 0 && text.number(2, 2)) {
            int seconds = 3600 * text.number;
            int minutes = text.place();
            boolean hasColon = text.is(':');
            if (text.number(2, 2) && text.number < 60) {
                into.offsetSeconds = sign * (seconds + 60 * text.number);
                return true;
            }
            if (!hasColon) {
                text.goTo(minutes);
                into.offsetSeconds = sign * seconds;
                return true;
            }
        }
        text.goTo(start);
        return true;
    }
}
