package io.pickaroon.processor.scan;

import io.pickaroon.processor.window.Delimiter;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/** The obvious way to do what the scanner does: split all of it, look at each record. The tests' source of truth. */
final class NaiveScan {
    /** One match, comparable. */
    record Match(int rule, long offset, String content, boolean headOnly) {}

    /** What a scan of the whole file must come to. */
    record Result(List<Match> matches, ScanTally tally) {}

    private NaiveScan() {}

    static Result of(byte[] bytes, Delimiter delimiter, int maxRecordBytes, List<Predicate<String>> rules) {
        String text = new String(bytes, StandardCharsets.ISO_8859_1);
        List<Match> matches = new ArrayList<>();
        ScanTally tally = ScanTally.ZERO;
        int start = 0;
        while (start < text.length()) {
            int end = text.indexOf(delimiter == Delimiter.CRLF ? "\r\n" : "\n", start);
            int next = end < 0 ? text.length() : end + (delimiter == Delimiter.CRLF ? 2 : 1);
            int contentEnd = end < 0 ? text.length() : end;
            if (end > start && delimiter == Delimiter.AUTO && text.charAt(end - 1) == '\r') {
                contentEnd--;
            }
            boolean oversized = contentEnd - start > maxRecordBytes;
            String content = text.substring(start, oversized ? start + maxRecordBytes : contentEnd);
            boolean matched = false;
            for (int rule = 0; rule < rules.size(); rule++) {
                if (rules.get(rule).test(content)) {
                    matches.add(new Match(rule, start, content, oversized));
                    matched = true;
                }
            }
            int length = next - start;
            tally = tally.plus(new ScanTally(
                    1,
                    matched ? 1 : 0,
                    oversized ? 1 : 0,
                    matched && !oversized ? length : 0,
                    !matched && !oversized ? length : 0,
                    oversized ? length : 0));
            start = next;
        }
        return new Result(matches, tally);
    }
}
