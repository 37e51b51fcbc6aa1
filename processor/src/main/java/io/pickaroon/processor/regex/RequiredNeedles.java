package io.pickaroon.processor.regex;

import io.pickaroon.processor.search.ByteSet;
import io.pickaroon.processor.search.Needle;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Finds needles of which every match of a regular expression contains at least one.
 *
 * <p>For each part of the expression it works out what its matches are, if they are few; what they begin and end with; and
 * the best needles within. Assertions are taken for the empty text, so what is found is required, but need not suffice.
 */
public final class RequiredNeedles {
    /** Most that are made by combining others. */
    private static final int MOST_COMBINED = 64;
    /** Most that are taken from an alternation as they are. */
    private static final int MOST_NEEDLES = 200_000;

    private static final int LONGEST_BYTES = 16;
    private static final Needles NOTHING = new Needles(List.of(Needle.EMPTY));

    /** Needles of which one stands somewhere, with estimates that are made when they are first needed. */
    private static final class Needles {
        final List<Needle> list;
        private double share = -1;
        private double wholeShare = -1;

        Needles(List<Needle> list) {
            this.list = list;
        }

        int size() {
            return list.size();
        }

        /** Estimated share of the places in log files where one of them stands, as far as a sieve sees. */
        double share() {
            if (share < 0) {
                share = list.stream()
                        .mapToDouble(needle -> needle.sievedShare(1))
                        .sum();
            }
            return share;
        }

        double wholeShare() {
            if (wholeShare < 0) {
                wholeShare = list.stream().mapToDouble(Needle::share).sum();
            }
            return wholeShare;
        }

        boolean isNothing() {
            return list.size() == 1 && list.getFirst().lengthBytes() == 0;
        }

        Needles cut(boolean head) {
            boolean isShort = list.stream().allMatch(needle -> needle.lengthBytes() <= LONGEST_BYTES);
            return isShort
                    ? this
                    : distinct(list.stream()
                            .map(needle -> head ? needle.head(LONGEST_BYTES) : needle.tail(LONGEST_BYTES)));
        }

        static Needles distinct(Stream<Needle> needles) {
            return new Needles(List.copyOf(needles.collect(Collectors.toCollection(LinkedHashSet::new))));
        }
    }

    /**
     * What is known of a part.
     *
     * @param exact all that it matches, null if that is too much
     * @param heads what its matches begin with
     * @param tails what its matches end with
     * @param inner the best needles one of which is in each match, null if none is known
     */
    private record Part(Needles exact, Needles heads, Needles tails, Needles inner) {
        static Part exactly(Needles texts) {
            return new Part(texts, texts.cut(true), texts.cut(false), texts);
        }
    }

    /**
     * What was found.
     *
     * @param needles those that stand in the fewest places; empty if every text may match
     * @param suffice whether every text that contains one of them matches
     */
    public record Required(List<Needle> needles, boolean suffice) {}

    private RequiredNeedles() {}

    public static Required of(ByteNode node) {
        Part part = part(node);
        if (part.exact != null && !isUseless(part.exact)) {
            return new Required(part.exact.list, !hasAssertion(node));
        }
        Needles best = better(better(part.inner, part.heads), part.tails);
        return new Required(isUseless(best) ? List.of() : best.list, false);
    }

    /** True if the needles stand in fewer places than the others, as far as can be estimated. */
    public static boolean areRarer(List<Needle> needles, List<Needle> others) {
        Needles first = new Needles(needles);
        return better(new Needles(others), first) == first;
    }

    private static boolean hasAssertion(ByteNode node) {
        return switch (node) {
            case ByteNode.One _ -> false;
            case ByteNode.Assertion _ -> true;
            case ByteNode.Sequence(var parts) -> parts.stream().anyMatch(RequiredNeedles::hasAssertion);
            case ByteNode.Choice(var parts) -> parts.stream().anyMatch(RequiredNeedles::hasAssertion);
            case ByteNode.Repeat(ByteNode inner, int _, int _, boolean _) -> hasAssertion(inner);
            case ByteNode.Group(ByteNode inner, int _) -> hasAssertion(inner);
        };
    }

    private static Part part(ByteNode node) {
        return switch (node) {
            case ByteNode.One(ByteSet set) -> Part.exactly(new Needles(List.of(new Needle(List.of(set)))));
            case ByteNode.Assertion _ -> Part.exactly(NOTHING);
            case ByteNode.Sequence(var parts) -> sequence(parts);
            case ByteNode.Choice(var parts) -> choice(parts);
            case ByteNode.Repeat(ByteNode inner, int min, int max, boolean _) -> repeated(part(inner), min, max);
            case ByteNode.Group(ByteNode inner, int _) -> part(inner);
        };
    }

    private static Part choice(List<ByteNode> parts) {
        List<Needle> texts = new ArrayList<>();
        for (ByteNode part : parts) {
            Needle text = text(part);
            if (text == null || texts.size() == MOST_NEEDLES) {
                return either(parts.stream().map(RequiredNeedles::part).toList());
            }
            texts.add(text);
        }
        return Part.exactly(Needles.distinct(texts.stream()));
    }

    /** A part that is nothing but some bytes one after the other; null if it is something else. */
    private static Needle text(ByteNode node) {
        List<ByteNode> bytes = node instanceof ByteNode.Sequence(var parts) ? parts : List.of(node);
        List<ByteSet> sets = new ArrayList<>(bytes.size());
        for (ByteNode each : bytes) {
            if (!(each instanceof ByteNode.One(ByteSet set)) || sets.size() == 2 * LONGEST_BYTES) {
                return null;
            }
            sets.add(set);
        }
        return new Needle(sets);
    }

    /** Bytes one after the other are taken together. */
    private static Part sequence(List<ByteNode> parts) {
        Part whole = Part.exactly(NOTHING);
        List<ByteSet> run = new ArrayList<>();
        for (ByteNode next : parts) {
            if (run.size() == LONGEST_BYTES || !run.isEmpty() && !(next instanceof ByteNode.One)) {
                whole = joined(whole, Part.exactly(new Needles(List.of(new Needle(run)))));
                run.clear();
            }
            if (next instanceof ByteNode.One(ByteSet set)) {
                run.add(set);
            } else {
                whole = joined(whole, part(next));
            }
        }
        return run.isEmpty() ? whole : joined(whole, Part.exactly(new Needles(List.of(new Needle(run)))));
    }

    private static Part joined(Part a, Part b) {
        Needles exact = a.exact == null || b.exact == null ? null : product(a.exact, b.exact);
        if (exact == a.exact && exact != null) {
            return a;
        }
        if (exact == b.exact && exact != null) {
            return b;
        }
        Needles heads = a.exact == null
                ? a.heads
                : or(product(a.exact, b.heads), a.heads).cut(true);
        Needles tails = b.exact == null
                ? b.tails
                : or(product(a.tails, b.exact), b.tails).cut(false);
        Needles inner = better(better(a.inner, b.inner), better(exact, product(a.tails, b.heads)));
        return new Part(exact, heads, tails, inner);
    }

    private static Part either(List<Part> parts) {
        Needles exact = union(parts, Part::exact);
        if (exact != null) {
            return Part.exactly(exact);
        }
        return new Part(
                null,
                or(union(parts, Part::heads), NOTHING),
                or(union(parts, Part::tails), NOTHING),
                union(parts, Part::inner));
    }

    private static Part repeated(Part part, int min, int max) {
        if (min == 0) {
            boolean optional = max == 1 && part.exact != null;
            return optional
                    ? either(List.of(part, Part.exactly(NOTHING)))
                    : new Part(max == 0 ? NOTHING : null, NOTHING, NOTHING, null);
        }
        Part whole = part;
        for (int i = 1; i < Math.min(min, LONGEST_BYTES); i++) {
            whole = joined(whole, part);
        }
        boolean isWhole = min == max && min <= LONGEST_BYTES;
        return isWhole ? whole : new Part(null, whole.heads, whole.tails, whole.inner);
    }

    /** All of one followed by all of the other; null if that is too much. */
    private static Needles product(Needles first, Needles second) {
        if (first.isNothing() || second.isNothing()) {
            return first.isNothing() ? second : first;
        }
        if ((long) first.size() * second.size() > MOST_COMBINED) {
            return null;
        }
        LinkedHashSet<Needle> product = new LinkedHashSet<>();
        for (Needle a : first.list) {
            for (Needle b : second.list) {
                if (a.lengthBytes() + b.lengthBytes() > 2 * LONGEST_BYTES) {
                    return null;
                }
                product.add(a.then(b));
            }
        }
        return new Needles(List.copyOf(product));
    }

    /** Those of all parts; null if they are not known of one, or too many. */
    private static Needles union(List<Part> parts, Function<Part, Needles> what) {
        long count = 0;
        for (Part part : parts) {
            Needles needles = what.apply(part);
            if (needles == null) {
                return null;
            }
            count += needles.size();
        }
        return count > MOST_NEEDLES
                ? null
                : Needles.distinct(parts.stream().flatMap(part -> what.apply(part).list.stream()));
    }

    private static Needles or(Needles needles, Needles otherwise) {
        return needles == null ? otherwise : needles;
    }

    private static Needles better(Needles first, Needles second) {
        if (first == null || second == null || first == second) {
            return first == null ? second : first;
        }
        int windows = Double.compare(first.share(), second.share());
        // Of needles with windows alike, the longer ones leave fewer candidates.
        return windows < 0 || (windows == 0 && first.wholeShare() <= second.wholeShare()) ? first : second;
    }

    /** With an empty needle, or one that stands nearly everywhere, the search for them would be for nothing. */
    private static boolean isUseless(Needles needles) {
        return needles.share() > 0.1 || needles.list.stream().anyMatch(needle -> needle.lengthBytes() == 0);
    }
}
