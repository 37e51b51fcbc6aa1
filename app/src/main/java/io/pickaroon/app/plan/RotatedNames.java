package io.pickaroon.app.plan;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The names that rotation gives to the older content of a log: a number or a date behind its name, or before what its name ends
 * with, and what a compressor adds.
 */
final class RotatedNames {
    private static final String NUMBER = "[._-]\\d[\\d.T:_-]*";
    private static final String WORD = "[._-](?:old|bak|orig|prev|copy)";
    private static final Pattern COMPRESSED =
            Pattern.compile("(.+)\\.(?:gz|zst|zstd|bz2|xz|lz4|lzma|br|z|zip|7z|tgz)", Pattern.CASE_INSENSITIVE);
    private static final Pattern NUMBER_AT_END = Pattern.compile("(.+?)" + NUMBER);
    private static final Pattern NUMBER_INSIDE = Pattern.compile("(.+?)" + NUMBER + "(\\.[A-Za-z]\\w*)");

    private final String live;
    private final Pattern rotated;

    private RotatedNames(String live) {
        this.live = live;
        int dot = live.lastIndexOf('.');
        String inside = dot > 0
                ? "|" + Pattern.quote(live.substring(0, dot)) + NUMBER + Pattern.quote(live.substring(dot)) + "(?:"
                        + NUMBER + ")?"
                : "";
        this.rotated = Pattern.compile(Pattern.quote(live) + "(?:" + NUMBER + "|" + WORD + "|~)" + inside);
    }

    /** Of the log that this file is, or was before it was rotated. */
    static RotatedNames of(String name) {
        return new RotatedNames(liveName(name));
    }

    private static String liveName(String name) {
        for (Pattern pattern : new Pattern[] {NUMBER_AT_END, NUMBER_INSIDE}) {
            Matcher matcher = pattern.matcher(name);
            if (matcher.matches()) {
                return matcher.group(1) + (matcher.groupCount() > 1 ? matcher.group(2) : "");
            }
        }
        return name;
    }

    /** True for a compressed file with content of this log. */
    boolean isCompressedCopy(String name) {
        Optional<String> content =
                Optional.of(COMPRESSED.matcher(name)).filter(Matcher::matches).map(matcher -> matcher.group(1));
        return content.filter(of -> of.equals(live) || isRotatedCopy(of)).isPresent();
    }

    /** True for a file, not compressed, with older content of this log. */
    boolean isRotatedCopy(String name) {
        return rotated.matcher(name).matches();
    }
}
