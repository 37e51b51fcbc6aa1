package io.pickaroon.processor.simulation;

import static io.pickaroon.processor.simulation.Violation.unless;

import io.pickaroon.processor.audit.TrailSettings;
import io.pickaroon.processor.audit.Trails;
import io.pickaroon.processor.fix.JournalView;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * The truth about the audit trail, read off its bytes in the obvious way: no byte changes without a line that a power failure would
 * leave, no line is there twice, and each follows the one before.
 */
final class ExpectedTrail {
    private static final Path FILE = Path.of("/var/lib/pickaroon/audit.ndjson");
    private static final Pattern LINE =
            Pattern.compile("\\{\"n\":\"([^\"]+)\",\"prev\":\"([^\"]+)\".*\"event\":\"([^\"]+)\".*\"path\":\"([^\"]+)\""
                    + ".*\"offset\":(\\d+),\"length\":(\\d+),.*");

    private record Line(String number, String event, String path, int offset, int length) {
        boolean isChange() {
            return event.equals("change");
        }
    }

    private final SimulatedTrails store;
    private final Optional<byte[]> key;
    private final long rotateBytes;
    private final boolean isEverWritten;
    private final boolean maySometimesBeOff;
    private boolean isOn;

    private List<Line> durable = List.of();
    private long durableSeenAt = -1;
    /** Bytes that were changed by processes without an audit trail. */
    private final Map<String, BitSet> unaudited = new HashMap<>();

    ExpectedTrail(long seed, Faults faults, int sectorBytes) {
        this.store = new SimulatedTrails(faults, sectorBytes);
        this.isEverWritten = Math.floorMod(seed, 4) != 3;
        this.rotateBytes = new long[] {1, 1500, 1 << 30}[Math.floorMod(seed / 4, 3)];
        this.key = Math.floorMod(seed / 12, 2) == 0
                ? Optional.empty()
                : Optional.of("key".getBytes(StandardCharsets.US_ASCII));
        this.maySometimesBeOff = key.isEmpty() && Math.floorMod(seed / 24, 2) == 0;
    }

    /** The trails of a process. */
    Trails trails(InstantSource clock, boolean isOff) {
        isOn = isEverWritten && !(isOff && maySometimesBeOff);
        return new Trails(
                Optional.of(store),
                isOn ? Optional.of(new TrailSettings(FILE, key, rotateBytes, "1", "c")) : Optional.empty(),
                clock);
    }

    void powerFailed() {
        store.powerFailed();
    }

    /** The engine is about to write. */
    void beforeWrite(Path log, long offset, int length, JournalView journal, boolean isRecovering) {
        unless(isRecovering || journal.isAudited() == isOn, "a journal without what an audit trail needs", log);
        if (!journal.isAudited()) {
            unaudited.computeIfAbsent(log.toString(), _ -> new BitSet()).set((int) offset, (int) offset + length);
            return;
        }
        if (durableSeenAt != store.changes()) {
            durable = lines(store.durable(FILE));
            durableSeenAt = store.changes();
        }
        Set<String> takenBack = takenBack(durable);
        unless(
                durable.stream()
                        .anyMatch(line -> line.isChange()
                                && line.path().equals(log.toString())
                                && line.offset() == offset
                                && line.length() == length
                                && !takenBack.contains(line.number())),
                "a byte changes without its line in the audit trail",
                log,
                offset,
                length);
    }

    private static Set<String> takenBack(List<Line> lines) {
        Set<String> numbers = new HashSet<>();
        lines.stream().filter(line -> line.event().equals("not-made")).forEach(line -> numbers.add(line.number()));
        return numbers;
    }

    /** After a recovery: whole lines, each of which follows the one before, and none twice. */
    void requireSound() {
        List<Line> lines = lines(store.seen(FILE));
        Set<String> seen = new HashSet<>();
        for (Line line : lines) {
            unless(seen.add(line.number() + line.event()), "a line twice in the audit trail", line);
        }
        Set<String> takenBack = takenBack(lines);
        Map<String, BitSet> changed = new HashMap<>();
        for (Line line : lines) {
            if (line.isChange() && !takenBack.contains(line.number())) {
                BitSet bytes = changed.computeIfAbsent(line.path(), _ -> new BitSet());
                int next = bytes.nextSetBit(line.offset());
                unless(
                        next < 0 || next >= line.offset() + line.length(),
                        "a byte that never changes twice has two lines",
                        line);
                bytes.set(line.offset(), line.offset() + line.length());
            }
        }
    }

    /** After all is done: each byte that a fix has changed has its line. */
    void requireComplete(SimulatedLog file, byte[] original, BitSet ours) {
        Path log = file.path();
        if (!isEverWritten) {
            return;
        }
        List<Line> lines = lines(store.seen(FILE));
        Set<String> takenBack = takenBack(lines);
        BitSet told = new BitSet();
        lines.stream()
                .filter(line ->
                        line.isChange() && line.path().equals(log.toString()) && !takenBack.contains(line.number()))
                .forEach(line -> told.set(line.offset(), line.offset() + line.length()));
        BitSet exempt = unaudited.getOrDefault(log.toString(), new BitSet());
        for (int i = ours.nextSetBit(0); i >= 0; i = ours.nextSetBit(i + 1)) {
            unless(
                    original[i] == file.at(i) || told.get(i) || exempt.get(i),
                    "a byte has changed, and no line tells of it",
                    log,
                    i);
        }
    }

    private List<Line> lines(byte[] bytes) {
        List<Line> lines = new ArrayList<>();
        String prev = "0".repeat(64);
        String text = new String(bytes, StandardCharsets.ISO_8859_1);
        for (int from = 0; from < text.length(); ) {
            int end = text.indexOf('\n', from);
            unless(end >= 0, "a line of the audit trail without an end", text.substring(from));
            String line = text.substring(from, end);
            Matcher read = LINE.matcher(line);
            unless(read.matches(), "no line of an audit trail", line);
            unless(read.group(2).equals(prev), "a line that does not follow the one before it", line);
            lines.add(new Line(
                    read.group(1),
                    read.group(3),
                    read.group(4),
                    Integer.parseInt(read.group(5)),
                    Integer.parseInt(read.group(6))));
            prev = hash(line.getBytes(StandardCharsets.ISO_8859_1));
            from = end + 1;
        }
        return lines;
    }

    private String hash(byte[] line) {
        try {
            if (key.isEmpty()) {
                return HexFormat.of()
                        .formatHex(MessageDigest.getInstance("SHA-256").digest(line));
            }
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key.get(), "HmacSHA256"));
            return HexFormat.of().formatHex(mac.doFinal(line));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
