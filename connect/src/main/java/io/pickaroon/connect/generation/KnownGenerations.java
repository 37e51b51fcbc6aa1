package io.pickaroon.connect.generation;

import io.pickaroon.connect.split.FileKey;
import io.pickaroon.connect.split.Split;
import io.pickaroon.connect.split.SplitOffset;
import io.pickaroon.processor.file.LogFile;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/**
 * What the owner of a split knows of the generations of an inode, and the rules by which all owners agree on one.
 *
 * <ol>
 *   <li>Offsets are read first, then the file is opened, then it is compared with them. An open file may show an older state
 *       where attributes are cached, and look shorter than what others have read of it.
 *   <li>The file is a generation if it fits the offsets that are committed of it: birth time where both are known, size, and
 *       where lines end before the offset. See {@link SplitOffset#fitOf}.
 *   <li>The latest generation is the last of which split 0 has an offset. It is found in batches, up to one that is wholly
 *       absent, because a user may have deleted some. Of those behind it that have other offsets, only the next is found: who
 *       deletes the offset of split 0 in more than the last has to delete the others of these, too.
 *   <li>The owner of split 0 alone raises the generation. It compares the file with the offsets of all splits: a truncation
 *       behind split 0 shows in theirs alone. If they fit, it goes on; if one does not, it takes the next generation whose
 *       offsets fit, which is in general one that has none, and reads from the start. It repeats this as long as it reads the
 *       file, also after the end of its split.
 *   <li>The owner of another split reads if the file fits the offset of split 0 in its latest generation, if that offset is
 *       strong enough to tell files apart ({@link SplitOffset#isStrong}), and if it fits the split's own offset of that
 *       generation, if there is one. Otherwise it waits and looks again. While it reads it repeats this, too: a truncation
 *       behind what it has read does not show in its own split.
 *   <li>Each window is compared with the evidence before it is read and after, and nothing of it is committed if it does not fit
 *       ({@link io.pickaroon.connect.read.SplitReader} does that): content that is truncated away never comes back, so what fits
 *       afterwards was read from this generation.
 * </ol>
 *
 * <p>A task commits or forgets what it has read of a split before it reads offsets to decide about it anew. The owner of split 0
 * commits progress where nothing matches, too. It commits offset 0 when it begins a generation, and, where no generation has an
 * offset, that of generation 0 before it opens the file: others know of the file then, wherever it is renamed to. Offset 0 tells
 * nothing of the content.
 *
 * <p>Content whose lines are equally long all through the last 4 KiB before an offset, in a file that was made at the same time or
 * at an unknown one, is not told apart. After a truncation that leaves a part of the file, that part is read again in the next
 * generation; if nothing went away but a piece without a line end, it is not noticed, and of the record there the old content is
 * emitted alone.
 *
 * <p>Immutable, but for reading the offsets of further generations when it decides.
 */
public final class KnownGenerations {
    private static final int GENERATIONS_AT_ONCE = 16;
    /** So many splits behind the end of a file are asked for at once. */
    public static final int SPLITS_AT_ONCE = 64;

    private final CommittedOffsets committed;
    private final Split split;
    private final long splits;
    private final int splitsAhead;
    private final Latest latest;
    /** Offsets of the latest generation: of all splits for the owner of split 0, otherwise of split 0 and its own. */
    private final Map<Split, SplitOffset> offsets;

    /**
     * The latest generation.
     *
     * @param number -1 if there is none
     */
    record Latest(int number) {
        /** Reads the offsets of split 0 in all generations. */
        static Latest read(CommittedOffsets committed, FileKey file) {
            int latest = -1;
            for (int first = 0; ; first += GENERATIONS_AT_ONCE) {
                List<Split> batch = IntStream.range(first, first + GENERATIONS_AT_ONCE)
                        .mapToObj(generation -> new Split(file.ofGeneration(generation), 0))
                        .toList();
                Map<Split, SplitOffset> found = committed.of(batch);
                if (found.isEmpty()) {
                    return new Latest(latest);
                }
                for (Split there : found.keySet()) {
                    latest = Math.max(latest, there.file().generation());
                }
            }
        }

        /** The generation that split 0 goes on with, if its file is still there. */
        int orFirst() {
            return Math.max(0, number);
        }
    }

    private KnownGenerations(CommittedOffsets committed, Split split, long splits, int splitsAhead) {
        this.splitsAhead = splitsAhead;
        this.committed = committed;
        this.split = split;
        this.splits = splits;
        this.latest = Latest.read(committed, split.file());
        this.offsets = split.number() == 0 ? allOf(latest.orFirst()) : ownAndFirst();
    }

    /**
     * Reads the offsets that decide. Call it before the file is opened.
     *
     * @param split a split of the caller's, in any generation
     * @param splits how many the file has now, or had; more are looked for
     */
    public static KnownGenerations read(CommittedOffsets committed, Split split, long splits) {
        return read(committed, split, splits, SPLITS_AT_ONCE);
    }

    /**
     * Reads the offsets that decide, with fewer questions.
     *
     * @param splitsAhead how many more splits are looked for, at first; {@link #SPLITS_AT_ONCE} from time to time
     */
    public static KnownGenerations read(CommittedOffsets committed, Split split, long splits, int splitsAhead) {
        return new KnownGenerations(committed, split, splits, splitsAhead);
    }

    /** Of all splits, up to a batch that is wholly absent after those that the file has. */
    private Map<Split, SplitOffset> allOf(int generation) {
        FileKey file = split.file().ofGeneration(generation);
        Map<Split, SplitOffset> all = new HashMap<>();
        long end = 0;
        Map<Split, SplitOffset> found;
        do {
            long first = end;
            end = first < splits ? splits : first + (first == splits ? splitsAhead : SPLITS_AT_ONCE);
            found = committed.of(LongStream.range(first, end)
                    .mapToObj(number -> new Split(file, number))
                    .toList());
            all.putAll(found);
        } while (!found.isEmpty() || end <= splits);
        return all;
    }

    private Map<Split, SplitOffset> ownAndFirst() {
        return latest.number < 0 ? Map.of() : committed.of(List.of(first(), own(latest.number)));
    }

    private Split first() {
        return new Split(split.file().ofGeneration(latest.number), 0);
    }

    private Split own(int generation) {
        return split.ofGeneration(generation);
    }

    /** The latest generation of which split 0 has an offset; -1 if there is none. */
    public int latest() {
        return latest.number;
    }

    /** The split's own offset in the latest generation. */
    public Optional<SplitOffset> committed() {
        return offsetOf(own(latest.orFirst()));
    }

    Split split() {
        return split;
    }

    Optional<SplitOffset> offsetOf(Split other) {
        return Optional.ofNullable(offsets.get(other));
    }

    /**
     * Decides about a file that was opened after the offsets were read.
     *
     * @throws IOException if the file cannot be read
     */
    public Decision decide(LogFile file) throws IOException {
        return split.number() == 0 ? decideFirst(file) : decideLater(file);
    }

    private Decision decideFirst(LogFile file) throws IOException {
        int generation = latest.orFirst();
        Map<Split, SplitOffset> found = offsets;
        Optional<SplitOffset.Fit> raised = Optional.empty();
        for (SplitOffset.Fit fit = fit(found, file); fit != SplitOffset.Fit.FITS; fit = fit(found, file)) {
            raised = Optional.of(raised.orElse(fit));
            generation++;
            found = allOf(generation);
        }
        Map<Split, SplitOffset> there = found;
        Split chosen = own(generation);
        Optional<SplitOffset> from = Optional.ofNullable(there.get(chosen));
        // Of a split 0 whose offset was deleted, or is its first position, those of others show the generation.
        Optional<SplitOffset> evidence = from.filter(SplitOffset::isBegun)
                .or(() -> there.values().stream()
                        .max(Comparator.comparingLong(
                                offset -> offset.position().offset())));
        return new Decision.Read(chosen, from, evidence.stream().toList(), raised);
    }

    private static SplitOffset.Fit fit(Map<Split, SplitOffset> offsets, LogFile file) throws IOException {
        SplitOffset.Fit worst = SplitOffset.Fit.FITS;
        for (SplitOffset offset : offsets.values()) {
            SplitOffset.Fit fit = offset.fitOf(file);
            if (fit == SplitOffset.Fit.OTHER) {
                return fit;
            }
            worst = fit == SplitOffset.Fit.SHORTER ? fit : worst;
        }
        return worst;
    }

    private Decision decideLater(LogFile file) throws IOException {
        Optional<SplitOffset> first = latest.number < 0 ? Optional.empty() : offsetOf(first());
        if (first.isEmpty()) {
            return new Decision.Wait(Decision.Reason.NOTHING_OF_FIRST_SPLIT);
        }
        if (first.get().fitOf(file) != SplitOffset.Fit.FITS) {
            return new Decision.Wait(Decision.Reason.OTHER_FILE);
        }
        if (!first.get().isStrong()) {
            return new Decision.Wait(Decision.Reason.TOO_LITTLE_OF_FIRST_SPLIT);
        }
        Split chosen = own(latest.number);
        Optional<SplitOffset> from = offsetOf(chosen);
        if (from.isPresent() && from.get().fitOf(file) != SplitOffset.Fit.FITS) {
            return new Decision.Wait(Decision.Reason.OTHER_CONTENT);
        }
        List<SplitOffset> evidence = new ArrayList<>(List.of(first.get()));
        from.ifPresent(evidence::add);
        return new Decision.Read(chosen, from, evidence, Optional.empty());
    }
}
