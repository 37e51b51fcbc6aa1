package io.pickaroon.processor.checkpoint;

import io.pickaroon.processor.delivery.Instance;
import io.pickaroon.processor.delivery.Instance.Standing;
import io.pickaroon.processor.file.FileIdentity;
import io.pickaroon.processor.file.FileSighting;
import io.pickaroon.processor.file.LineEnds;
import io.pickaroon.processor.file.LogFile;
import io.pickaroon.processor.file.Position;
import io.pickaroon.processor.fix.FixedWindow;
import io.pickaroon.processor.fix.RedoneFile;
import io.pickaroon.processor.scan.ScannedWindow;
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
 * thread at a time. It is in memory alone and does no I/O.
 */
final class CollectedProgress {
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

    void advance(FixedWindow window) {
        becomeIndependent();
        LogFile logFile = window.file();
        Position end = window.end();
        CheckpointEntry before = entries.get(logFile.identity());
        if (window.delivered().fixesWaited()) {
            if (before != null) {
                advance(logFile.identity(), before.withFixed(end));
            }
            return;
        }
        boolean nothingWaits = (before == null || before.pendingBytes() == 0)
                && window.delivered().scanned().edits().waiting() == 0;
        Position fixed = nothingWaits ? end : before == null ? startOf(window) : before.fixed();
        ScannedWindow scanned = window.delivered().scanned();
        advance(
                logFile.identity(),
                entry(before, logFile.path(), end, scanned.sizeBytes(), scanned.lineEnds())
                        .withWaiting(fixed, waitingRules(before, scanned.allRules())));
    }

    /** What an earlier run delivered and recovery fixed. */
    void advance(RedoneFile file) {
        CheckpointEntry before = entries.get(file.identity());
        if (file.fixesWaited()) {
            if (before != null) {
                advance(file.identity(), before.withFixed(file.end()));
            }
            return;
        }
        // The journal does not know whether matches wait before that end, so they may.
        Position fixed = before == null ? Position.START : before.fixed();
        long rules = before == null ? 0 : waitingRules(before, file.rules());
        advance(
                file.identity(),
                entry(before, file.path(), file.end(), file.sizeBytes(), file.lineEnds())
                        .withWaiting(fixed, rules));
    }

    void advance(FileIdentity identity, CheckpointEntry entry) {
        CheckpointEntry before = entries.get(identity);
        boolean wouldGoBack = before != null
                && (entry.position().offset() < before.position().offset()
                        || entry.fixed().offset() < before.fixed().offset());
        if (wouldGoBack) {
            throw new IllegalStateException("%s (%s): position would go back from offset %d to %d, or %d to %d"
                    .formatted(
                            entry.path(),
                            identity,
                            before.position().offset(),
                            entry.position().offset(),
                            before.fixed().offset(),
                            entry.fixed().offset()));
        }
        put(identity, entry);
    }

    /** An entry in which nothing waits. */
    private CheckpointEntry entry(CheckpointEntry before, Path path, Position end, long sizeBytes, LineEnds lineEnds) {
        return new CheckpointEntry(
                path,
                end,
                end,
                0,
                sizeBytes,
                lineEnds,
                Optional.empty(),
                before == null ? sections.resets() : before.resets(),
                before == null ? sections.allResetPending() : before.isResetPending());
    }

    /** The rules of all waiting fixes after some of these rules are added; 0 if they differ. */
    private static long waitingRules(CheckpointEntry before, long added) {
        boolean isAlone = before == null || before.pendingBytes() == 0;
        return isAlone || before.waitingRules() == added ? added : 0;
    }

    private static Position startOf(FixedWindow window) {
        long startOffset = window.delivered().scanned().startOffset();
        return new Position(startOffset, startOffset == 0);
    }

    void gone(FileIdentity identity, Optional<Instant> since) {
        Optional<Instant> seconds = since.map(time -> time.truncatedTo(ChronoUnit.SECONDS));
        change(identity, before -> before.withGoneSince(seconds));
    }

    void nothingWaits(FileIdentity identity) {
        change(identity, before -> before.pendingBytes() > 0 ? before.withFixed(before.position()) : before);
    }

    /** @param resets the reset number; one that is higher than was known here comes from a destination, so none is pending */
    void begin(LogFile logFile, Position position, LineEnds lineEnds, long sizeBytes, int resets) {
        FileIdentity identity = logFile.identity();
        CheckpointEntry known = entries.get(identity);
        CheckpointEntry before = entries.entrySet().stream()
                .filter(entry -> identity.isSameInode(entry.getKey()))
                .map(Map.Entry::getValue)
                .findFirst()
                .orElse(null);
        boolean stillWaits = known != null && known.pendingBytes() > 0 && resets > known.resets();
        CheckpointEntry fresh = stillWaits
                ? known.readAgainFrom(position, lineEnds)
                : entry(before, logFile.path(), position, sizeBytes, lineEnds);
        putInPlace(identity, resets > fresh.resets() ? fresh.withResets(resets, false) : fresh);
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

    void begin(FileSighting file, Position position) {
        put(file.identity(), entry(null, file.path(), position, file.sizeBytes(), LineEnds.UNKNOWN));
    }

    /** In all its generations. */
    void rename(FileIdentity from, FileIdentity to) {
        Map<FileIdentity, CheckpointEntry> before = new LinkedHashMap<>(entries);
        entries.clear();
        before.forEach((known, entry) -> {
            boolean isRenamed = known.ofGeneration(0).equals(from.ofGeneration(0));
            entries.put(isRenamed ? to.ofGeneration(known.generation()) : known, entry);
            changed |= isRenamed;
        });
    }

    void forget(FileIdentity identity) {
        changed |= entries.remove(identity) != null;
    }

    void reset(FileIdentity identity, Position to, LineEnds lineEnds) {
        CheckpointEntry before = entries.get(identity);
        if (before == null || to.offset() > before.position().offset()) {
            throw new IllegalArgumentException("%s cannot be reset to %s: %s".formatted(identity, to, before));
        }
        put(identity, before.readAgainFrom(to, lineEnds).withResets(before.resets(), true));
    }

    void resetAll() {
        entries.replaceAll((_, entry) ->
                entry.readAgainFrom(Position.START, LineEnds.UNKNOWN).withResets(entry.resets(), true));
        changed = true;
        put(sections.withAllResetPending(true));
    }

    void numberResets(int number) {
        entries.replaceAll((_, entry) -> entry.isResetPending() ? entry.withResets(number, false) : entry);
        if (sections.allResetPending()) {
            put(sections.withInstance(instance().withResets(number)).withAllResetPending(false));
        }
        changed = true;
    }

    void startAnew(int number) {
        resetAll();
        numberResets(number);
    }

    Instance instance() {
        return sections.instance().orElseThrow();
    }

    Map<String, Instant> inputStarts() {
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

    void keep(Instance instance) {
        put(sections.withInstance(instance));
    }

    void noteInputStarts(Map<String, Instant> starts) {
        put(sections.withInputStarts(starts));
    }

    void keepRules(Set<KnownRule> rules) {
        put(sections.withRules(rules));
    }

    private void change(FileIdentity identity, UnaryOperator<CheckpointEntry> change) {
        CheckpointEntry before = entries.get(identity);
        if (before != null) {
            put(identity, change.apply(before));
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
