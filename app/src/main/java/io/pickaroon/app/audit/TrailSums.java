package io.pickaroon.app.audit;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.pickaroon.app.page.ChangeMap;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What the lines of audit trails say, summed up. Memory grows with the number of rules, files and days. */
final class TrailSums {
    /** Counts of one rule, detector, file or day. */
    static final class Sum {
        long changes;
        long bytes;
        long kept;
        long notMade;
        long skipped;
    }

    /** Where in a file changes lie. */
    static final class Places {
        final ChangeMap map = new ChangeMap();
        /** Of the last change. */
        long end;
    }

    private static final JsonFactory JSON = new JsonFactory();

    final Sum all = new Sum();
    final Map<String, Sum> byRule = new TreeMap<>();
    final Map<String, Sum> byDetector = new TreeMap<>();
    final Map<String, Sum> byFile = new TreeMap<>();
    final Map<String, Sum> byDay = new TreeMap<>();
    final Map<String, Long> skippedByReason = new TreeMap<>();
    final Map<String, Places> places = new TreeMap<>();

    /** One line, as far as it is summed up. */
    private static final class Line {
        String event = "";
        String reason = "";
        String time = "";
        String path = "";
        long offset;
        long length;
        long kept;
        final List<String> rules = new ArrayList<>();
        final List<String> detectors = new ArrayList<>();
    }

    /** Adds a line, in {@code [from, to)}. */
    void add(byte[] bytes, int from, int to) throws IOException {
        Line line = read(bytes, from, to);
        add(line, all);
        line.rules.forEach(rule -> add(line, byRule.computeIfAbsent(rule, _ -> new Sum())));
        line.detectors.forEach(detector -> add(line, byDetector.computeIfAbsent(detector, _ -> new Sum())));
        add(line, byFile.computeIfAbsent(line.path, _ -> new Sum()));
        add(line, byDay.computeIfAbsent(line.time.substring(0, Math.min(10, line.time.length())), _ -> new Sum()));
        if (line.event.equals("skipped")) {
            skippedByReason.merge(line.reason, 1L, Long::sum);
        } else {
            addPlace(line);
        }
    }

    private static void add(Line line, Sum sum) {
        switch (line.event) {
            case "change" -> {
                sum.changes++;
                sum.bytes += line.length;
                sum.kept += line.kept;
            }
            case "not-made" -> {
                sum.notMade++;
                sum.changes--;
                sum.bytes -= line.length;
                sum.kept -= line.kept;
            }
            default -> sum.skipped++;
        }
    }

    private void addPlace(Line line) {
        Places its = places.computeIfAbsent(line.path, _ -> new Places());
        its.end = Math.max(its.end, line.offset + line.length);
        its.map.add(line.offset);
        if (line.event.equals("not-made")) {
            // This one, and the one that was announced; that may be in a part of the trail that is not here.
            its.map.remove(line.offset);
            its.map.remove(line.offset);
        }
    }

    private static Line read(byte[] bytes, int from, int to) throws IOException {
        Line line = new Line();
        try (JsonParser json = JSON.createParser(Arrays.copyOfRange(bytes, from, to))) {
            json.nextToken();
            while (json.nextToken() == JsonToken.FIELD_NAME) {
                String name = json.currentName();
                json.nextToken();
                switch (name) {
                    case "event" -> line.event = json.getText();
                    case "reason" -> line.reason = json.getText();
                    case "time" -> line.time = json.getText();
                    case "offset" -> line.offset = json.getLongValue();
                    case "length" -> line.length = json.getLongValue();
                    case "kept" -> line.kept = json.getLongValue();
                    case "rules" -> texts(json, line.rules);
                    case "detectors" -> texts(json, line.detectors);
                    case "file" -> {
                        while (json.nextToken() == JsonToken.FIELD_NAME) {
                            boolean isPath = json.currentName().equals("path");
                            json.nextToken();
                            line.path = isPath ? json.getText() : line.path;
                        }
                    }
                    default -> json.skipChildren();
                }
            }
        }
        return line;
    }

    private static void texts(JsonParser json, List<String> into) throws IOException {
        while (json.nextToken() != JsonToken.END_ARRAY) {
            into.add(json.getText());
        }
    }
}
