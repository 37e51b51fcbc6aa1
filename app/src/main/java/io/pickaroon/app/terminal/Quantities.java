package io.pickaroon.app.terminal;

import java.util.Locale;

/** Numbers as people read them. Every text is short for any number, and the same in every locale. */
public final class Quantities {
    private static final String[] BINARY_UNITS = {"B", "KiB", "MiB", "GiB", "TiB", "PiB", "EiB"};
    private static final long SECONDS_PER_DAY = 86_400;
    private static final long LONGEST_SHOWN_DAYS = 99;

    private Quantities() {}

    /** Bytes with a binary unit: {@code 512 B}, {@code 1.5 GiB}. At most 8 characters. */
    public static String bytes(double bytes) {
        double value = Math.max(0, bytes);
        int unit = 0;
        while (value >= 1023.5 && unit < BINARY_UNITS.length - 1) {
            value /= 1024;
            unit++;
        }
        String format = unit == 0 || value >= 99.95 ? "%.0f %s" : "%.1f %s";
        return String.format(Locale.ROOT, format, value, BINARY_UNITS[unit]);
    }

    /** A count with separators between groups of three digits: {@code 1,234,567}. */
    public static String count(long count) {
        return String.format(Locale.ROOT, "%,d", count);
    }

    /** Seconds as {@code 0:07}, {@code 12:34}, {@code 1:02:03}, {@code 3d 04:05:06}, or {@code >99d}. */
    public static String duration(double seconds) {
        if (!(seconds < (LONGEST_SHOWN_DAYS + 1) * SECONDS_PER_DAY)) {
            return ">" + LONGEST_SHOWN_DAYS + "d";
        }
        long whole = Math.max(0, Math.round(seconds));
        long days = whole / SECONDS_PER_DAY;
        long hours = whole / 3600 % 24;
        long minutes = whole / 60 % 60;
        if (days > 0) {
            return String.format(Locale.ROOT, "%dd %02d:%02d:%02d", days, hours, minutes, whole % 60);
        }
        return hours > 0
                ? String.format(Locale.ROOT, "%d:%02d:%02d", hours, minutes, whole % 60)
                : String.format(Locale.ROOT, "%d:%02d", minutes, whole % 60);
    }
}
