package io.pickaroon.processor.search;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Looks only at every n-th place, without vectors: of each needle the grams at n places in a row are in a hash table, so
 * that one of them is at a place that is sampled, wherever the needle stands. Around a sample that is in the table every
 * place is looked at.
 */
final class SampledSieve implements Sieve {
    private static final VarHandle WORD = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
    private static final int GRAM_BYTES = 3;
    /** Its low byte is zero, so that the fourth byte of a word is no part of the hash. */
    private static final int FACTOR = 0x9E3779B1 << Byte.SIZE;

    private static final int LONGEST_STEP = 8;
    private static final int MOST_VARIANTS = 16;
    /** More would stand at too many of the samples. */
    private static final int MOST_GRAMS = 1024;

    private static final int ENTRIES_FOR_EACH = 256;
    private static final int FEWEST_ENTRIES = 1 << 14;
    /** More would not stay in the caches next to the core. */
    private static final int MOST_ENTRIES = 1 << 16;

    private final ScalarSieve everyPlace;
    private final int step;
    private final int folding;
    /** 1 for each hash of a gram. */
    private final byte[] table;

    private final int shift;

    private SampledSieve(ScalarSieve everyPlace, int step, int folding, int[] grams) {
        this.everyPlace = everyPlace;
        this.step = step;
        this.folding = folding;
        int entries =
                Integer.highestOneBit(Math.clamp((long) grams.length * ENTRIES_FOR_EACH, FEWEST_ENTRIES, MOST_ENTRIES));
        this.table = new byte[entries];
        this.shift = Integer.SIZE - Integer.numberOfTrailingZeros(entries);
        for (int gram : grams) {
            table[hash(gram)] = 1;
        }
    }

    private int hash(int word) {
        return (word | folding) * FACTOR >>> shift;
    }

    /**
     * A sieve with the longest step that the needles allow; empty if they are too short, too many or too variable.
     *
     * @param everyPlace made of the same windows
     */
    static Optional<Sieve> of(NeedleWindows windows, ScalarSieve everyPlace) {
        Grams grams = Grams.of(windows.needles(), GRAM_BYTES);
        for (int step = longestStep(windows); step > 0; step--) {
            int[] sampled = sampled(windows, step, grams);
            if (sampled.length > 0) {
                return Optional.of(new SampledSieve(everyPlace, step, grams.folding(), sampled));
            }
        }
        return Optional.empty();
    }

    /** True if there is a sieve for these needles that looks at every third place, or at fewer. */
    static boolean skipsMost(List<Needle> needles) {
        NeedleWindows windows = new NeedleWindows(needles, 1);
        return longestStep(windows) >= 3 && sampled(windows, 3, Grams.of(needles, GRAM_BYTES)).length > 0;
    }

    private static int longestStep(NeedleWindows windows) {
        int shortest =
                windows.needles().stream().mapToInt(Needle::lengthBytes).min().orElse(0);
        return windows.stride() == 1 ? Math.min(LONGEST_STEP, shortest - GRAM_BYTES + 1) : 0;
    }

    /** The grams at {@code step} places of each needle; none if they are too many. */
    private static int[] sampled(NeedleWindows windows, int step, Grams grams) {
        IntStream.Builder all = IntStream.builder();
        int count = 0;
        for (int needle = 0; needle < windows.needles().size(); needle++) {
            int first = firstSampled(windows, needle, step);
            for (int at = first; first >= 0 && at < first + step; at++) {
                int[] variants = grams.all(stretch(windows.needles().get(needle), at));
                Arrays.stream(variants).forEach(all::add);
                count += variants.length;
            }
            if (first < 0 || count > MOST_GRAMS) {
                return new int[0];
            }
        }
        return all.build().distinct().toArray();
    }

    /**
     * Index of the first gram of those that are the rarest, or -1 if all have too many variants. The needle's window begins
     * at one of them, so that it is less than a step from the sample.
     */
    private static int firstSampled(NeedleWindows windows, int number, int step) {
        Needle needle = windows.needles().get(number);
        int window = windows.start(number);
        int rarest = -1;
        double least = Double.MAX_VALUE;
        int last = Math.min(window, needle.lengthBytes() - GRAM_BYTES - step + 1);
        for (int first = Math.max(0, window - step + 1); first <= last; first++) {
            double share = 0;
            boolean isFixed = true;
            for (int at = first; at < first + step; at++) {
                share += Grams.share(stretch(needle, at));
                isFixed &= Grams.count(stretch(needle, at), MOST_VARIANTS) <= MOST_VARIANTS;
            }
            if (isFixed && share < least) {
                rarest = first;
                least = share;
            }
        }
        return rarest;
    }

    private static List<ByteSet> stretch(Needle needle, int at) {
        return needle.sets().subList(at, at + GRAM_BYTES);
    }

    @Override
    public int next(byte[] bytes, int from, int to) {
        int end = Math.min(to + step - 1, bytes.length - Integer.BYTES + 1);
        int sample = nextSample(bytes, Math.max(0, from - step + 1), end);
        while (sample < end) {
            int place = everyPlace.next(bytes, Math.max(from, sample - step + 1), Math.min(to, sample + step));
            if (place >= 0) {
                return place;
            }
            sample = nextSample(bytes, sample + step, end);
        }
        // The last places of the array have no sample.
        int rest = Math.max(from, sample - step + 1);
        return rest < to ? everyPlace.next(bytes, rest, to) : -1;
    }

    /** The first sample that is in the table; or the first one at or after {@code end}, if none before that one is. */
    private int nextSample(byte[] bytes, int from, int end) {
        int i = from;
        for (; i < end - 3 * step; i += 4 * step) {
            if ((entry(bytes, i) | entry(bytes, i + step) | entry(bytes, i + 2 * step) | entry(bytes, i + 3 * step))
                    != 0) {
                break;
            }
        }
        while (i < end && entry(bytes, i) == 0) {
            i += step;
        }
        return i;
    }

    private int entry(byte[] bytes, int at) {
        return table[hash((int) WORD.get(bytes, at))];
    }
}
