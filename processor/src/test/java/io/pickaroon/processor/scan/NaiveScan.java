package io.pickaroon.processor.scan;

import io.pickaroon.processor.window.Delimiter;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.function.Predicate;

/** The obvious way to do what the scanner does: split all of it, look at each record. The tests' source of truth. */
final class NaiveScan {
    /** One match, comparable. */
    record Match(int rule, long offset, String content, boolean headOnly) {}

    /** What a scan of the whole file must come to. */
    record Result(List<Match> matches, ScanTally tally) {}

    /** Of every kind. */
    static final List<Delimiter> DELIMITERS = List.of(
            Delimiter.AUTO,
            Delimiter.LF,
            Delimiter.CRLF,
            Delimiter.of("c"),
            Delimiter.of("\r\nb"),
            Delimiter.of("\0\n"));

    private NaiveScan() {}

    static Delimiter delimiter(Random random) {
        return DELIMITERS.get(random.nextInt(DELIMITERS.size()));
    }

    private static String text(Delimiter delimiter) {
        if (delimiter == Delimiter.AUTO || delimiter == Delimiter.LF) {
            return "\n";
        }
        String name = delimiter == Delimiter.CRLF ? "0x0d0a" : delimiter.name();
        return new String(HexFormat.of().parseHex(name.substring(2)), StandardCharsets.ISO_8859_1);
    }

    /** What was found in fact. */
    static List<Match> matches(List<ScannedWindow> parts) {
        List<Match> matches = new ArrayList<>();
        for (ScannedWindow part : parts) {
            MatchBatch batch = part.matches();
            for (int i = 0; i < batch.size(); i++) {
                String content = new String(batch.copyOfRecord(i), StandardCharsets.ISO_8859_1);
                matches.add(new Match(batch.ruleIndex(i), batch.recordOffset(i), content, batch.isHeadOnly(i)));
            }
        }
        return matches;
    }

    static Result of(byte[] bytes, Delimiter delimiter, int maxRecordBytes, List<Predicate<String>> rules) {
        return of(bytes, delimiter, maxRecordBytes, _ -> true, rules);
    }

    /** @param starts whether a line with this content starts a record */
    static Result of(
            byte[] bytes,
            Delimiter delimiter,
            int maxRecordBytes,
            Predicate<String> starts,
            List<Predicate<String>> rules) {
        String text = new String(bytes, StandardCharsets.ISO_8859_1);
        List<Match> matches = new ArrayList<>();
        ScanTally tally = ScanTally.ZERO;
        int start = 0;
        while (start < text.length()) {
            Line line = Line.at(text, start, delimiter);
            while (line.next < text.length()) {
                Line following = Line.at(text, line.next, delimiter);
                String decides = text.substring(following.start, following.contentEnd);
                if (starts.test(decides.substring(0, Math.min(decides.length(), maxRecordBytes)))) {
                    break;
                }
                line = following;
            }
            int next = line.next;
            int contentEnd = line.contentEnd;
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

    private record Line(int start, int contentEnd, int next) {
        static Line at(String text, int start, Delimiter delimiter) {
            int end = text.indexOf(text(delimiter), start);
            if (end < 0) {
                return new Line(start, text.length(), text.length());
            }
            boolean dropReturn = end > start && delimiter == Delimiter.AUTO && text.charAt(end - 1) == '\r';
            return new Line(
                    start, dropReturn ? end - 1 : end, end + text(delimiter).length());
        }
    }
}
