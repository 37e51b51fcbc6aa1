package io.pickaroon.processor.following;

import static io.pickaroon.processor.simulation.Violation.unless;

import io.pickaroon.processor.file.FileIdentity;
import io.pickaroon.processor.following.Action.Mode;
import io.pickaroon.processor.scan.MatchBatch;
import io.pickaroon.processor.scan.ScannedWindow;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What must be delivered, what may be lost, and what files must hold. Each record that becomes visible is checked as it
 * does: that it is one that was written, whole, in its place, after those before it, and for the first time.
 */
final class Truth {
    private static final Pattern TOKEN = Pattern.compile("t(\\d{6})");

    private final List<StoredFile> files = new ArrayList<>();
    private final Map<Integer, WrittenToken> tokens = new HashMap<>();
    private final Map<FileIdentity, Generation> byIdentity = new HashMap<>();
    private final List<Mode> modes = new ArrayList<>();
    /** The daemon that reads what arrives now. */
    private int sessionOf;

    private long lostBefore;

    /** Where a token was written. */
    private record WrittenToken(StoredFile file, Generation generation, int offset) {}

    List<StoredFile> files() {
        return files;
    }

    StoredFile created(int application, Encoding encoding, String path) {
        StoredFile file = new StoredFile(files.size(), application, encoding, path);
        files.add(file);
        return file;
    }

    int nextToken() {
        return tokens.size();
    }

    void wrote(StoredFile file, int token, int offset) {
        tokens.put(token, new WrittenToken(file, file.current(), offset));
    }

    /** Number of the daemon that reads what is written now: the one that runs, or the next one. */
    int daemon(boolean runs) {
        return runs ? modes.size() - 1 : modes.size();
    }

    void started(Mode mode) {
        modes.add(mode);
        lostBefore = 0;
    }

    /** What arrives from now on is read by the daemon that runs. */
    void sessionBegan() {
        sessionOf = modes.size() - 1;
    }

    /** A group of matches becomes visible. */
    void arrives(ScannedWindow window) {
        MatchBatch matches = window.matches();
        for (int i = 0; i < matches.size(); i++) {
            String record = new String(matches.copyOfRecord(i), StandardCharsets.ISO_8859_1);
            if (!record.isEmpty()) {
                arrives(record, (int) matches.recordOffset(i), window);
            }
        }
        Generation generation = byIdentity.get(window.file().identity());
        if (generation != null) {
            generation.windowArrived((int) window.end().offset(), sessionOf);
        }
    }

    private void arrives(String record, int offset, ScannedWindow window) {
        Matcher matcher = TOKEN.matcher(record);
        unless(matcher.find(), "nobody wrote this", record, window);
        WrittenToken token = tokens.get(Integer.parseInt(matcher.group(1)));
        Generation generation = token.generation();
        int start = token.offset() - matcher.start();
        unless(start == offset, "it stands at another offset", record, offset, start, window);
        byIdentity.put(window.file().identity(), generation);
        generation.arrives(record, start, !token.file().isHome(), modes.get(sessionOf));
        requireEarlierFilesDone(token.file(), record);
    }

    /**
     * What stood in the files that had a file's name before, when that file took it, comes first. Nobody can know that of a
     * file that had the name only while no daemon was there, and is found under another.
     */
    private void requireEarlierFilesDone(StoredFile file, String record) {
        if (!file.isHome() && !file.isKnown()) {
            return;
        }
        for (StoredFile earlier : files) {
            if (earlier.number() >= file.number()) {
                return;
            }
            boolean isComparable = earlier.application() == file.application()
                    && earlier.isKnown()
                    && !earlier.isDeleted()
                    && !earlier.wasLinked()
                    && !file.wasLinked();
            unless(
                    !isComparable || earlier.current().isDelivered(earlier.completeBytesWhenFollowed()),
                    "a later file comes first",
                    record,
                    earlier);
        }
    }

    /** A daemon runs that scans directories now and then. */
    void pauses() {
        files.forEach(file -> file.pauses(daemon(true)));
    }

    /** It has scanned directories meanwhile, wherever the destination is. */
    void noticed() {
        files.forEach(StoredFile::noticed);
    }

    /** Everything has come to rest. Fails if something is missing still, or wrong. */
    void requireSettled(long lostBytes) throws IOException {
        for (StoredFile file : files) {
            file.requireDelivered();
            file.requireContent(modes);
        }
        requireLost(lostBytes, true);
    }

    /** A daemon has come to a clean end. Fails if something is missing that was nowhere but in a file that it had open. */
    void requireOwed() {
        files.forEach(StoredFile::requireOwed);
    }

    /** All of it is as it should be: this is what later looks compare with. */
    void settled(long lostBytes) {
        files.forEach(file -> file.settled(daemon(true), modes));
        lostBefore = lostBytes;
    }

    /**
     * Compares what the daemon reports as lost with what is missing.
     *
     * @param atRest whether it has seen everything
     */
    void requireLost(long lostBytes, boolean atRest) {
        long most = lostBefore;
        long least = lostBefore;
        for (StoredFile file : files) {
            most += file.mostLost(daemon(true), sessionOf == modes.size() - 1);
            least += file.leastLost(daemon(true));
        }
        unless(lostBytes <= most, "more is reported as lost than was", lostBytes, most);
        unless(!atRest || lostBytes >= least, "less is reported as lost than was seen", lostBytes, least);
    }
}
