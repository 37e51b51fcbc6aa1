package io.pickaroon.app.run;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a dry run prints, read again. */
final class DryRunReport {
    private static final Pattern TOTAL = Pattern.compile(
            "rule (\\w+): (?:nothing|(?:([\\d,]+) records? to topic [\\w-]+)?,? ?(?:([\\d,]+) changes? in place)?)");

    private DryRunReport() {}

    /** Records sent and records changed, by rule. */
    static Map<String, List<Long>> figures(String text) {
        Map<String, List<Long>> figures = new TreeMap<>();
        text.lines()
                .map(TOTAL::matcher)
                .filter(Matcher::matches)
                .forEach(line -> figures.put(line.group(1), List.of(number(line.group(2)), number(line.group(3)))));
        return figures;
    }

    private static long number(String text) {
        return text == null ? 0 : Long.parseLong(text.replace(",", ""));
    }

    /** The lines of a ledger, without how long it took. */
    static List<String> ledger(String text) {
        return text.lines()
                .dropWhile(line -> !line.matches(" +records +bytes"))
                .map(line -> line.replaceAll("; .* in .*/s$", ""))
                .takeWhile(line -> !line.contains("INFO") && !line.isEmpty())
                .toList();
    }
}
