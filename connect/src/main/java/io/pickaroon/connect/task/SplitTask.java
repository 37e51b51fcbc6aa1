package io.pickaroon.connect.task;

import io.pickaroon.connect.listing.ListedFile;
import io.pickaroon.connect.read.WindowReader;
import io.pickaroon.connect.split.Split;
import io.pickaroon.connect.split.SplitOffset;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;

/**
 * One split of a task, in whatever generation: what is known of its file, its reader, and what is to be committed. For one thread.
 *
 * <p>It waits for a decision, or it reads, or it rests: then it has read all there is, and its file is open or closed.
 */
final class SplitTask {
    private final Split place;
    private final LookTimes times;
    private ListedFile listed;
    private Optional<WindowReader> reader = Optional.empty();
    private Optional<SplitOffset> unmarked = Optional.empty();
    private State state = State.WAITING;
    /** Size of the file up to which there is nothing more. */
    private long restedBytes;

    private long restedNanos;
    private long reachedOffset;
    private int generation = -1;
    /** Whether an offset of the generation is committed, and one that tells the file from others. */
    private boolean isCommitted;

    private boolean isStrong;
    private boolean isSighted;
    private boolean isDone;
    /** Bytes of what was read last that had been seen and not read when its file was closed. */
    private long unreadBytes;

    private enum State {
        /** What is read is decided at a time. */
        WAITING,
        READING,
        /** Nothing more is there. */
        RESTING
    }

    /**
     * @param place the split in generation 0
     * @param longestWait between two looks while it waits for the owner of split 0
     * @param nowNanos when it is looked at first
     */
    SplitTask(Split place, ListedFile listed, Duration longestWait, long nowNanos) {
        this.place = place;
        this.listed = listed;
        this.times = new LookTimes(longestWait, nowNanos);
    }

    /** The split, in generation 0. */
    Split place() {
        return place;
    }

    /** Its file, as the last look at the directories found it. */
    ListedFile listed() {
        return listed;
    }

    /** When it is decided anew what is read of it. */
    LookTimes times() {
        return times;
    }

    Optional<WindowReader> reader() {
        return reader;
    }

    boolean isReading() {
        return state == State.READING;
    }

    boolean isResting() {
        return state == State.RESTING;
    }

    /** True if a record of it is held back for a few seconds. */
    boolean isHolding() {
        return reader.filter(WindowReader::isHolding).isPresent();
    }

    /** Its file is gone: what is held back is complete. */
    void endWithFile() {
        reader.ifPresent(WindowReader::endWithFile);
    }

    /** True if the end of the split is read in the generation that was read last. */
    boolean isDone() {
        return isDone;
    }

    /** The generation that was read last; -1 if none was. */
    int generation() {
        return generation;
    }

    /** Up to where it was read. */
    long reachedOffset() {
        return reachedOffset;
    }

    /** The file was found again. Whether that is the same one, or one that grew while it was closed, is to be decided. */
    void found(ListedFile now, long nowNanos) {
        boolean isOther = !now.identity().equals(listed.identity());
        boolean isOfOtherInput = !now.input().equals(listed.input());
        listed = now;
        if (isOfOtherInput) {
            startsAnew(nowNanos);
        } else if (isOther || state == State.RESTING && reader.isEmpty() && now.sizeBytes() != restedBytes) {
            lookAt(nowNanos);
        }
    }

    boolean isDue(long nowNanos) {
        return state != State.RESTING && times.overdueNanos(nowNanos) >= 0;
    }

    /** What is read is decided at this time; until then nothing changes. */
    private void lookAt(long nanos) {
        times.at(nanos);
        if (state == State.RESTING) {
            state = reader.isEmpty() ? State.WAITING : State.READING;
        }
    }

    /** True if it is to be found out whether anything was ever committed of its file: nothing of that was read. */
    boolean isUnsighted() {
        return place.number() == 0 && generation < 0 && !isSighted;
    }

    /**
     * It is found out whether anything was ever committed of its file.
     *
     * @param start to be committed if nothing was: its first position
     */
    void sighted(Optional<SplitOffset> start) {
        isSighted = true;
        unmarked = start;
    }

    /** The decision was to read on. */
    void reads(long nextLookNanos) {
        times.reads(nextLookNanos);
        if (state == State.WAITING) {
            state = State.READING;
        }
    }

    /**
     * The decision was to read this.
     *
     * @param committed the offset from which it goes on; empty: the generation begins, and of split 0 that is to be committed
     */
    void reads(WindowReader other, Optional<SplitOffset> committed, long nextLookNanos) {
        close();
        reader = Optional.of(other);
        isCommitted = committed.isPresent();
        isStrong = committed.filter(SplitOffset::isStrong).isPresent();
        unmarked = place.number() == 0 && !isCommitted ? Optional.of(other.offset()) : Optional.empty();
        generation = other.split().file().generation();
        reachedOffset = other.reached().offset();
        isDone = false;
        unreadBytes = 0;
        state = State.READING;
        reads(nextLookNanos);
    }

    /** Something of it was read that did not match; its offset is to be committed, unless that is the first one. */
    void passed(SplitOffset offset) {
        reachedOffset = offset.position().offset();
        if (reachedOffset > 0) {
            unmarked = Optional.of(offset);
        }
    }

    /** Something of it was read, and its offset is committed with records. */
    void emitted(SplitOffset offset) {
        unmarked = Optional.empty();
        reachedOffset = offset.position().offset();
        isCommitted = true;
        isStrong |= offset.isStrong();
    }

    /** What was read of it without a match since offsets were committed last; at its start, that it is there. */
    Optional<SplitOffset> unmarked() {
        return unmarked;
    }

    /** True if what is not committed yet has to be soon: other tasks wait for it, or its file is known to this task alone. */
    boolean isAwaited() {
        return place.number() == 0
                && unmarked.filter(offset -> !isCommitted || !isStrong && offset.isStrong())
                        .isPresent();
    }

    /** The offset goes to Connect. */
    void marked() {
        isCommitted = true;
        isStrong |= unmarked.filter(SplitOffset::isStrong).isPresent();
        unmarked = Optional.empty();
    }

    /**
     * Nothing more is there for now, or at all.
     *
     * @param storedBytes size of the file before that was found out: it may have grown meanwhile
     */
    void rests(long storedBytes, long nowNanos) throws IOException {
        WindowReader current = reader.orElseThrow();
        restedBytes = storedBytes;
        restedNanos = nowNanos;
        state = State.RESTING;
        if (current.isAtEnd()) {
            isDone = true;
            close();
        }
    }

    /**
     * There is nothing to be read in it until its file changes.
     *
     * @param storedBytes size of the file before that was found out
     */
    void hasNothing(long storedBytes) {
        close();
        restedBytes = storedBytes;
        state = State.RESTING;
    }

    long restedNanos() {
        return restedNanos;
    }

    /** Wakes it if its open file has another size, or a record is held back. */
    void wakeIfChanged() throws IOException {
        if (state == State.RESTING
                && reader.isPresent()
                && (reader.get().isHolding() || reader.get().file().storedBytes() != restedBytes)) {
            state = State.READING;
        }
    }

    /** It could not be read, and is opened again later. */
    void failed(long nowNanos) {
        close();
        state = State.WAITING;
        times.failed(nowNanos);
    }

    /** Its file is other content now, or is read by another input: what is read is decided at once. */
    void startsAnew(long nowNanos) {
        close();
        state = State.WAITING;
        times.startsAnew(nowNanos);
    }

    /** Closes its file, if it is open. */
    void close() {
        unreadBytes = unreadBytes();
        reader.ifPresent(open -> FileProblems.close(open.file()));
        reader = Optional.empty();
    }

    /** Bytes of the generation that was read last that were seen, and not read. */
    long unreadBytes() {
        return reader.map(WindowReader::unreadBytes).orElse(unreadBytes);
    }

    /**
     * Bytes of it that are in the file and were not read.
     *
     * @param splitBytes size of a split; 0: the file is one split
     */
    long backlogBytes(long splitBytes) {
        if (splitBytes == 0 && place.number() > 0) {
            return 0;
        }
        long end = Math.min(listed.sizeBytes(), place.endOffset(splitBytes));
        return isDone ? 0 : Math.max(0, end - Math.max(reachedOffset, place.startOffset(splitBytes)));
    }
}
