package io.pickaroon.processor.checkpoint;

import io.pickaroon.processor.checkpoint.CheckpointEntry.Content;
import io.pickaroon.processor.checkpoint.CheckpointEntry.Waiting;
import io.pickaroon.processor.delivery.Instance;
import io.pickaroon.processor.delivery.Instance.Standing;
import io.pickaroon.processor.directio.NativePath;
import io.pickaroon.processor.file.FileIdentity;
import io.pickaroon.processor.file.FileSighting;
import io.pickaroon.processor.file.LineEnds;
import io.pickaroon.processor.file.LogFile;
import io.pickaroon.processor.file.Position;
import io.pickaroon.processor.fix.FixedWindow;
import io.pickaroon.processor.fix.RedoneFile;
import io.pickaroon.processor.scan.ScannedWindow;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;

/**
 * The content of the next checkpoint, and the rules by which it changes: progress comes from a {@link FixedWindow} or a
 * {@link RedoneFile} alone and never goes backwards, until the file itself begins anew or is reset. Changed by one
 * thread at a time. It writes nothing: that is up to {@link CheckpointFile}.
 */
public final class CollectedProgress {
    private final Map<FileIdentity, CheckpointEntry> entries;
    private volatile CheckpointSections sections;
    private boolean changed;

    CollectedProgress(Checkpoint current) {
        this.entries = new LinkedHashMap<>(current.entries());
        this.sections = current.sections();
    }

    /** True if it differs from the last checkpoint that was {@link #committed}. */
    boolean isChanged() {
        return changed;
    }

    void committed() {
        changed = false;
    }

    Checkpoint next(long sequence, Instant now) {
        return new Checkpoint(sequence, now, entries, sections);
    }

    /**
     * Advances a log file to the end of a window.
     *
     * @throws IllegalStateException if the file is already further than that
     */
    public void advance(FixedWindow window) {
        becomeIndependent();
        FileIdentity identity = window.file().identity();
        Position end = window.end();
        if (window.delivered().fixesWaited()) {
            change(identity, before -> before.withFixed(end));
            return;
        }
        CheckpointEntry before = entries.get(identity);
        ScannedWindow scanned = window.delivered().scanned();
        Position start = new Position(
                scanned.startOffset(),
                scanned.startOffset() == 0,
                scanned.start().streams());
        boolean nothingWaits = (before == null || before.pendingBytes() == 0)
                && scanned.edits().waiting() == 0;
        Position fixed =
                nothingWaits ? end : before == null ? start : before.waiting().from();
        CheckpointEntry delivered =
                entry(before, window.file().path(), end, new Content(scanned.sizeBytes(), scanned.lineEnds()));
        advance(identity, delivered.withWaiting(fixed, waitingRules(before, scanned.allRules())));
    }

    /** Like {@link #advance(FixedWindow)}, for what an earlier run delivered and recovery fixed. */
    public void advance(RedoneFile file) {
        if (file.fixesWaited()) {
            change(file.identity(), before -> before.withFixed(file.end()));
            return;
        }
        CheckpointEntry before = entries.get(file.identity());
        // The journal does not know whether matches wait before that end, so they may.
        Position fixed = before == null ? Position.START : before.waiting().from();
        long rules = before == null ? 0 : waitingRules(before, file.rules());
        CheckpointEntry delivered =
                entry(before, file.path(), file.end(), new Content(file.sizeBytes(), file.lineEnds()));
        advance(file.identity(), delivered.withWaiting(fixed, rules));
    }

    void advance(FileIdentity identity, CheckpointEntry entry) {
        CheckpointEntry before = entries.getOrDefault(identity, entry);
        long positionBefore = before.position().offset();
        long position = entry.position().offset();
        long fixedBefore = before.waiting().from().offset();
        long fixed = entry.waiting().from().offset();
        if (position < positionBefore || fixed < fixedBefore) {
            throw new IllegalStateException("%s (%s): position would go back from offset %d to %d, or %d to %d"
                    .formatted(
                            NativePath.printable(entry.path()),
                            identity,
                            positionBefore,
                            position,
                            fixedBefore,
                            fixed));
        }
        put(identity, entry);
    }

    /** An entry in which nothing waits. */
    private CheckpointEntry entry(CheckpointEntry before, Path path, Position end, Content content) {
        Reset reset = before == null ? sections.reset() : before.reset();
        return new CheckpointEntry(path, end, new Waiting(end, 0), content, Optional.empty(), reset);
    }

    /** The rules of all waiting fixes after some of these rules are added; 0 if they differ. */
    private static long waitingRules(CheckpointEntry before, long added) {
        boolean isAlone = before == null || before.pendingBytes() == 0;
        return isAlone || before.waiting().rules() == added ? added : 0;
    }

    /**
     * Records whether a log file is missing.
     *
     * @param since since when no name leads to it; empty if one does
     * @param sizeBytes what it had then; nothing of it can be lost later that is not after the position, and before this
     */
    public void gone(FileIdentity identity, Optional<Instant> since, long sizeBytes) {
        Optional<Instant> seconds = since.map(time -> time.truncatedTo(ChronoUnit.SECONDS));
        change(identity, before -> before.withGoneSince(seconds, sizeBytes));
    }

    /** Drops the fixes that wait in a file, because no rule asks for them any more. */
    public void nothingWaits(FileIdentity identity) {
        change(identity, before -> before.pendingBytes() > 0 ? before.withFixed(before.position()) : before);
    }

    /**
     * Sets where reading of a log file begins: of a new file, of one that was truncated (what was known of its earlier
     * generations is dropped), or of one for which a destination has a higher reset number.
     *
     * @param resets the higher one of the file's reset numbers here and at the destination; with one that is higher than
     *     was known here, none is pending
     */
    public void begin(LogFile logFile, Position position, int resets) throws IOException {
        LineEnds lineEnds = LineEnds.before(logFile, position.offset());
        long sizeBytes = logFile.sizeBytes();
        FileIdentity identity = logFile.identity();
        CheckpointEntry known = entries.get(identity);
        CheckpointEntry before = entries.entrySet().stream()
                .filter(entry -> identity.isSameInode(entry.getKey()))
                .map(Map.Entry::getValue)
                .findFirst()
                .orElse(null);
        boolean stillWaits = known != null
                && known.pendingBytes() > 0
                && resets > known.reset().number();
        CheckpointEntry fresh = stillWaits
                ? known.readAgainFrom(position, lineEnds)
                : entry(before, logFile.path(), position, new Content(sizeBytes, lineEnds));
        putInPlace(identity, resets > fresh.reset().number() ? fresh.withReset(resets, false) : fresh);
        changed = true;
    }

    /** Replaces what is known of all generations. Order stays: of files that had one name, the earlier one comes first. */
    private void putInPlace(FileIdentity identity, CheckpointEntry entry) {
        Map<FileIdentity, CheckpointEntry> before = new LinkedHashMap<>(entries);
        entries.clear();
        before.forEach((known, its) ->
                entries.put(identity.isSameInode(known) ? identity : known, identity.isSameInode(known) ? entry : its));
        entries.put(identity, entry);
    }

    /** Like {@link #begin(LogFile, Position, int)}, for a new file that is opened later. */
    public void begin(FileSighting file, Position position) {
        put(file.identity(), entry(null, file.path(), position, new Content(file.sizeBytes(), LineEnds.UNKNOWN)));
    }

    /** Gives a log file another identity, in all its generations. */
    public void rename(FileIdentity from, FileIdentity to) {
        Map<FileIdentity, CheckpointEntry> before = new LinkedHashMap<>(entries);
        entries.clear();
        before.forEach((known, entry) -> {
            boolean isRenamed = known.ofGeneration(0).equals(from.ofGeneration(0));
            entries.put(isRenamed ? to.ofGeneration(known.generation()) : known, entry);
            changed |= isRenamed;
        });
    }

    /** Drops a log file that is gone, or that was truncated and begins anew. */
    public void forget(FileIdentity identity) {
        changed |= entries.remove(identity) != null;
    }

    /** Has a file read again from a position at or before its own, even if a destination knows a later one. */
    public void reset(FileIdentity identity, Position to, LineEnds lineEnds) {
        CheckpointEntry before = entries.get(identity);
        if (before == null || to.offset() > before.position().offset()) {
            throw new IllegalArgumentException("%s cannot be reset to %s: %s".formatted(identity, to, before));
        }
        put(
                identity,
                before.readAgainFrom(to, lineEnds).withReset(before.reset().number(), true));
    }

    /** Has every file read again from its start, including files without an entry. */
    public void resetAll() {
        entries.replaceAll((_, entry) -> entry.readAgainFrom(Position.START, LineEnds.UNKNOWN)
                .withReset(entry.reset().number(), true));
        changed = true;
        put(sections.withAllResetPending(true));
    }

    /** Gives this number to all pending resets. */
    public void numberResets(int number) {
        entries.replaceAll((_, entry) -> entry.reset().isPending() ? entry.withReset(number, false) : entry);
        if (sections.allResetPending()) {
            put(sections.withInstance(instance().withResets(number)).withAllResetPending(false));
        }
        changed = true;
    }

    /** Like {@link #resetAll}, and gives the resets this number. */
    public void startAnew(int number) {
        resetAll();
        numberResets(number);
    }

    Instance instance() {
        return sections.instance().orElseThrow();
    }

    /** When each input was started for the very first time, by the id of the input. */
    public Map<String, Instant> inputStarts() {
        return sections.inputStarts();
    }

    /**
     * Windows that are delivered before a name is held are delivered where names are not kept, so their positions are
     * this checkpoint's own.
     */
    private void becomeIndependent() {
        sections.instance()
                .filter(known -> known.standing() == Standing.NEW)
                .ifPresent(known -> keep(known.named(known.name(), Standing.INDEPENDENT)));
    }

    public void keep(Instance instance) {
        put(sections.withInstance(instance));
    }

    /** Adds inputs that were never started before; the others keep their moment. */
    public void noteInputStarts(Map<String, Instant> starts) {
        put(sections.withInputStarts(starts));
    }

    /** Replaces the rules of the run before by those of this run. */
    public void keepRules(Set<KnownRule> rules) {
        put(sections.withRules(rules));
    }

    /** Keeps the content of a section that another package reads. */
    public void keep(String section, ByteBuffer content) {
        put(sections.with(section, content));
    }

    /** True if records of this version's default headers may have been sent of what it knows, or if it knows no file yet. */
    public boolean knowsDefaultHeaders() {
        return sections.hasDefaultHeaders() || entries.isEmpty();
    }

    /** Keeps that a run of this version uses it. */
    public void keepDefaultHeaders() {
        put(sections.withDefaultHeaders());
    }

    private void change(FileIdentity identity, UnaryOperator<CheckpointEntry> change) {
        CheckpointEntry before = entries.get(identity);
        if (before != null) {
            advance(identity, change.apply(before));
        }
    }

    private void put(FileIdentity identity, CheckpointEntry entry) {
        changed |= !Objects.equals(entries.put(identity, entry), entry);
    }

    private void put(CheckpointSections next) {
        changed |= !sections.equals(next);
        sections = next;
    }
}
