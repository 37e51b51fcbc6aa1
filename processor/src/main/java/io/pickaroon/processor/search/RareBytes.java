package io.pickaroon.processor.search;

import java.util.List;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

/**
 * The byte of each needle that a search begins with: the rarest of those that are one value, or one letter in both cases.
 *
 * @param at index of it, for each needle
 * @param values all values of these bytes, in order
 * @param share estimated share of the places at which one of them stands
 */
record RareBytes(List<Integer> at, List<Integer> values, double share) {
    private static final int MOST_VALUES = 2;

    /** By how often bytes occur in log files; empty if a needle has no byte to begin with. */
    static Optional<RareBytes> of(List<Needle> needles) {
        return of(needles, ByteFrequency::share);
    }

    /** @param shareOf share of the places at which a value stands */
    static Optional<RareBytes> of(List<Needle> needles, Share shareOf) {
        ToDoubleFunction<ByteSet> setShare =
                set -> values(set).mapToDouble(shareOf::of).sum();
        List<Integer> at = needles.stream()
                .map(needle -> IntStream.range(0, needle.lengthBytes())
                        .boxed()
                        .filter(index -> needle.sets().get(index).size() <= MOST_VALUES)
                        .min((one, other) -> Double.compare(
                                setShare.applyAsDouble(needle.sets().get(one)),
                                setShare.applyAsDouble(needle.sets().get(other))))
                        .orElse(-1))
                .toList();
        if (at.contains(-1)) {
            return Optional.empty();
        }
        List<Integer> values = IntStream.range(0, needles.size())
                .flatMap(needle -> values(needles.get(needle).sets().get(at.get(needle))))
                .distinct()
                .sorted()
                .boxed()
                .toList();
        return Optional.of(new RareBytes(
                at, values, values.stream().mapToDouble(shareOf::of).sum()));
    }

    /** How often a value occurs, as a share of all bytes. */
    @FunctionalInterface
    interface Share {
        double of(int value);
    }

    private static IntStream values(ByteSet set) {
        return IntStream.range(0, 256).filter(set::contains);
    }

    int count() {
        return values.size();
    }
}
