package io.pickaroon.app.plan;

import io.pickaroon.app.forecast.Watcher;
import io.pickaroon.processor.detect.Detection;
import io.pickaroon.processor.detect.Detector;
import io.pickaroon.processor.fix.FixedWindow;
import io.pickaroon.processor.rule.Pattern;
import io.pickaroon.processor.rule.Rule;
import io.pickaroon.processor.scan.EditBatch;
import io.pickaroon.processor.scan.MatchBatch;
import io.pickaroon.processor.scan.ScannedWindow;
import java.io.IOException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;

/**
 * What each detector of a rule has found. The engine only says where the union of what they found is, so each detector looks again
 * at the records in question, one at a time, which costs a plan some time, and a run nothing. Thread-safe.
 */
final class DetectorCounts implements Watcher {
    private static final double NANOS_PER_SECOND = 1e9;

    /**
     * What one detector of a rule found in a file. Where several meet, each counts.
     *
     * @param records records that are sent or changed for the rule
     * @param changes changes for the rule
     */
    record Found(String detector, long records, long changes) {}

    private record Key(String identity, String rule) {}

    /** A detector alone, and what it finds in the record at hand. */
    private static final class Finder {
        final String name;
        final Detection detection;
        int[] places = new int[8];
        int size;

        Finder(Detector detector) {
            this.name = detector.word();
            this.detection = new Detection(List.of(detector));
        }

        boolean find(byte[] record, int start, int end) {
            size = 0;
            detection.visitPlaces(record, start, end, this::add);
            return size > 0;
        }

        private void add(int start, int end) {
            if (size == places.length) {
                places = Arrays.copyOf(places, 2 * size);
            }
            places[size++] = start;
            places[size++] = end;
        }

        boolean isAt(int start, int end) {
            for (int i = 0; i < size; i += 2) {
                if (places[i] < end && start < places[i + 1]) {
                    return true;
                }
            }
            return false;
        }
    }

    /** By rule; empty for one without detectors. */
    private final Map<String, List<Finder>> finders = new HashMap<>();

    private final Map<Key, Map<String, Found>> found = new HashMap<>();
    private byte[] record = {};
    private long unreadRecords;
    private long nanos;

    @Override
    public synchronized void sent(ScannedWindow window) {
        long startNanos = System.nanoTime();
        MatchBatch matches = window.matches();
        boolean masks = matches.rules().stream().anyMatch(Rule::masks);
        for (int match = 0; match < matches.size(); match++) {
            Rule rule = matches.rule(match);
            List<Finder> ofRule = finders(rule);
            if (!ofRule.isEmpty()) {
                int length = matches.recordLength(match);
                byte[] bytes = matches.array();
                int start = matches.recordStart(match);
                if (masks) {
                    if (!readRecord(window, matches.recordOffset(match), length)) {
                        unreadRecords++;
                        continue;
                    }
                    bytes = record;
                    start = 0;
                }
                for (Finder finder : ofRule) {
                    if (finder.find(bytes, start, start + length)) {
                        count(window, rule, finder, 1, 0);
                    }
                }
            }
        }
        nanos += System.nanoTime() - startNanos;
    }

    /** What is sent is masked, so the record is read again, from a file that nothing changes. */
    private boolean readRecord(ScannedWindow window, long offset, int length) {
        if (window.matches().isOfContainer()) {
            return false;
        }
        return read(window, offset, 0, length);
    }

    private boolean read(ScannedWindow window, long offset, int index, int length) {
        if (record.length < index + length) {
            record = Arrays.copyOf(record, Math.max(index + length, 2 * record.length));
        }
        try {
            window.file().read(offset, record, index, length);
            return true;
        } catch (IOException | RuntimeException | InternalError gone) {
            return false;
        }
    }

    @Override
    public synchronized void fixed(FixedWindow fixed) {
        long startNanos = System.nanoTime();
        ScannedWindow window = fixed.delivered().scanned();
        EditBatch edits = window.edits();
        for (int edit = 0; edit < edits.size(); ) {
            int last = edit + 1;
            while (last < edits.size() && edits.record(last) == edits.record(edit)) {
                last++;
            }
            changed(window, edit, last, fixed.delivered().fixesWaited());
            edit = last;
        }
        nanos += System.nanoTime() - startNanos;
    }

    /** The changes of one record. */
    private void changed(ScannedWindow window, int firstEdit, int lastEdit, boolean waited) {
        List<Rule> rules = window.matches().rules();
        EditBatch edits = window.edits();
        if (IntStream.range(firstEdit, lastEdit)
                .allMatch(edit -> finders(rules.get(edits.rule(edit))).isEmpty())) {
            return;
        }
        int length = 0;
        for (int stretch = edits.firstStretch(edits.record(firstEdit));
                stretch < edits.lastStretch(edits.record(firstEdit));
                stretch++) {
            if (!read(window, edits.stretchOffset(stretch), length, edits.stretchLength(stretch))) {
                unreadRecords++;
                return;
            }
            length += edits.stretchLength(stretch);
        }
        for (int rule = 0; rule < rules.size(); rule++) {
            for (Finder finder : finders(rules.get(rule))) {
                int changes = 0;
                if (finder.find(record, 0, length)) {
                    for (int edit = firstEdit; edit < lastEdit; edit++) {
                        if (edits.rule(edit) == rule
                                && ChangeMaps.isDifference(edits, edit)
                                && finder.isAt(index(edits, edit), index(edits, edit) + edits.length(edit))) {
                            changes++;
                        }
                    }
                }
                if (changes > 0) {
                    // A record that is sent was counted then.
                    boolean isNew = !rules.get(rule).emits() && !waited;
                    count(window, rules.get(rule), finder, isNew ? 1 : 0, changes);
                }
            }
        }
    }

    /** Where in its record an edit begins. */
    private static int index(EditBatch edits, int edit) {
        int index = 0;
        int own = edits.stretch(edit);
        for (int stretch = edits.firstStretch(edits.record(edit)); stretch < own; stretch++) {
            index += edits.stretchLength(stretch);
        }
        return index + (int) (edits.offset(edit) - edits.stretchOffset(own));
    }

    private List<Finder> finders(Rule rule) {
        return finders.computeIfAbsent(
                rule.id(),
                _ -> rule.pattern().positives().stream()
                        .flatMap(pattern ->
                                pattern instanceof Pattern.Detect detect ? detect.detectors().stream() : null)
                        .distinct()
                        .map(Finder::new)
                        .toList());
    }

    private void count(ScannedWindow window, Rule rule, Finder finder, long records, long changes) {
        found.computeIfAbsent(new Key(window.file().identity().toString(), rule.id()), _ -> new TreeMap<>())
                .merge(
                        finder.name,
                        new Found(finder.name, records, changes),
                        (one, other) ->
                                new Found(one.detector, one.records + other.records, one.changes + other.changes));
    }

    /** What the detectors of a rule have found in a file, by its identity as messages have it; in the order of their names. */
    synchronized List<Found> of(String identity, String rule) {
        return List.copyOf(found.getOrDefault(new Key(identity, rule), Map.of()).values());
    }

    /** What the detectors of a rule have found in all files. */
    synchronized List<Found> of(String rule) {
        Map<String, Found> all = new TreeMap<>();
        found.entrySet().stream()
                .filter(entry -> entry.getKey().rule().equals(rule))
                .flatMap(entry -> entry.getValue().values().stream())
                .forEach(one -> all.merge(
                        one.detector,
                        one,
                        (a, b) -> new Found(a.detector, a.records + b.records, a.changes + b.changes)));
        return List.copyOf(all.values());
    }

    /** Records that could not be read again, so that they count for no detector: of archives and container logs. */
    synchronized long unreadRecords() {
        return unreadRecords;
    }

    /** How long looking again has taken. */
    synchronized double seconds() {
        return nanos / NANOS_PER_SECOND;
    }
}
