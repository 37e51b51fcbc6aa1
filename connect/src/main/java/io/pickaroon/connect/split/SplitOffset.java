package io.pickaroon.connect.split;

import io.pickaroon.processor.file.LineEnds;
import io.pickaroon.processor.file.LogFile;
import io.pickaroon.processor.file.Position;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * How far a split is committed, and what shows later whether a file is still the one that was read. {@link SplitOffsetCodec}
 * gives the form that Connect keeps. Immutable.
 *
 * @param position every record of the split that starts before it is committed
 * @param rules fingerprints of the rules whose matches were emitted from the start of the split on, 16 hexadecimal digits each
 * @param lineEnds where lines ended before the position
 * @param file what is known of the file itself
 * @param splitBytes size of a split in the connector that committed it; 0: each file is one split
 * @param path where the file was, for people
 */
public record SplitOffset(
        Position position, Set<String> rules, LineEnds lineEnds, FileMark file, long splitBytes, String path) {
    /** Birth times that differ by no more are the same: network file systems round them. */
    private static final long SAME_BIRTH_MILLIS = 1;

    /** Whether an open file is the one that was read. */
    public enum Fit {
        /** As far as can be told, what was read is there. */
        FITS,
        /**
         * The file is shorter than what was read of it. Where attributes are cached, only a file that was opened after the
         * offset was read shows this for certain.
         */
        SHORTER,
        /** Another file, or other content. */
        OTHER
    }

    public SplitOffset {
        rules = Set.copyOf(rules);
        Objects.requireNonNull(position, "position");
        Objects.requireNonNull(lineEnds, "lineEnds");
        Objects.requireNonNull(file, "file");
        Objects.requireNonNull(path, "path");
        if (splitBytes < 0) {
            throw new IllegalArgumentException("splitBytes " + splitBytes + " is negative");
        }
    }

    /**
     * What is to be committed from now on: of these rules, those that were in force before, too. Of the others it is not known
     * that they emitted from the start of the split on.
     *
     * @param before the offset from which reading goes on; empty at the start of the split, of which there may be an offset, too
     * @param rules that are in force now
     */
    public static Set<String> rulesSinceStart(Optional<SplitOffset> before, Set<String> rules) {
        return before.filter(SplitOffset::isBegun)
                .map(offset -> rules.stream().filter(offset.rules()::contains).collect(Collectors.toUnmodifiableSet()))
                .orElse(rules);
    }

    /** True if anything before it was read: otherwise it tells that the file is there, and fits all that were made at that time. */
    public boolean isBegun() {
        return position.lastDone() > 0;
    }

    /** When the file was made; empty where the host could not tell. */
    public Optional<Instant> born() {
        return file.born();
    }

    /**
     * Compares with a file that is open: birth times where both are known, then the size, then where lines end.
     *
     * @throws IOException if the file cannot be read
     */
    public Fit fitOf(LogFile open) throws IOException {
        if (isBornAtOtherTime(open)) {
            return Fit.OTHER;
        }
        if (open.sizeBytes() < position.lastDone()) {
            return Fit.SHORTER;
        }
        return lineEnds.areStillIn(open, position.offset()) ? Fit.FITS : Fit.OTHER;
    }

    /** True if the file is an archive that was read to its end, and ends there still. */
    public boolean isWhole(LogFile open, ArchiveEnd end) {
        return file.archiveEnd().filter(end::equals).isPresent() && !isBornAtOtherTime(open);
    }

    private boolean isBornAtOtherTime(LogFile open) {
        return isBornAtSameTime(open).filter(same -> !same).isPresent();
    }

    /** Whether it is as old as the file that was read; empty if one of the two birth times is not known. */
    public Optional<Boolean> isBornAtSameTime(LogFile open) {
        return born().flatMap(mine -> FileMark.of(open.identity())
                .born()
                .map(its -> Math.abs(mine.toEpochMilli() - its.toEpochMilli()) <= SAME_BIRTH_MILLIS));
    }

    /**
     * True if it can tell the file from others: it was made with as many bytes before the position as a split can have, up to
     * {@link LineEnds#MOST_BYTES}. What only the first line shows, the next file may have too.
     */
    public boolean isStrong() {
        long most = splitBytes == 0 ? LineEnds.MOST_BYTES : Math.min(LineEnds.MOST_BYTES, splitBytes);
        return lineEnds.lengthBytes() >= most;
    }

    /** The same at another position, where it is not known how lines end. */
    public SplitOffset at(Position other) {
        return new SplitOffset(
                other, rules, LineEnds.UNKNOWN, new FileMark(born(), Optional.empty()), splitBytes, path);
    }

    /** What Connect keeps. */
    public Map<String, Object> toMap() {
        return SplitOffsetCodec.toMap(this);
    }

    /**
     * Reads what Connect has kept.
     *
     * @param splitBytes of this connector
     * @throws IllegalArgumentException naming each thing that makes no sense, as {@link SplitOffsetCodec#problems}
     */
    public static SplitOffset parse(Split split, Map<String, ?> offset, long splitBytes) {
        List<String> problems = SplitOffsetCodec.problems(split, offset, splitBytes);
        if (!problems.isEmpty()) {
            throw new IllegalArgumentException(String.join("; ", problems));
        }
        return SplitOffsetCodec.read(offset, splitBytes);
    }
}
