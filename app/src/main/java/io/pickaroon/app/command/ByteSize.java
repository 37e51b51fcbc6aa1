package io.pickaroon.app.command;

import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads a size from the command line: {@code 4096}, {@code 64KiB}, {@code 256MiB}, {@code 2GiB}. */
public final class ByteSize implements ITypeConverter<Long> {
    private static final Pattern SYNTAX = Pattern.compile("(\\d{1,18})\\s*([A-Za-z]*)");
    private static final Map<String, Integer> UNIT_BITS =
            Map.of("", 0, "b", 0, "k", 10, "kib", 10, "m", 20, "mib", 20, "g", 30, "gib", 30, "t", 40, "tib", 40);

    @Override
    public Long convert(String text) {
        Matcher matcher = SYNTAX.matcher(text.strip());
        Integer bits = matcher.matches() ? UNIT_BITS.get(matcher.group(2).toLowerCase(Locale.ROOT)) : null;
        if (bits == null) {
            throw new TypeConversionException("'" + text + "' is no size; write for example 4096, 64KiB or 256MiB");
        }
        long number = Long.parseLong(matcher.group(1));
        if (number > Long.MAX_VALUE >> bits) {
            throw new TypeConversionException("'" + text + "' is too large");
        }
        return number << bits;
    }
}
