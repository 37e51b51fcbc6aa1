package io.pickaroon.processor.scan;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;

/**
 * Finds needles of which every match of a regular expression contains at least one.
 *
 * <p>For each part of the expression it works out what its matches are, if they are few; what they begin and end with; and
 * the best needles within. Assertions are taken for the empty text, so what is found is required, but need not suffice.
 */
final class RequiredNeedles {
    private static final int MOST_NEEDLES = 64;
    private static final int LONGEST_BYTES = 16;
    private static final List<Needle> NOTHING = List.of(Needle.EMPTY);

    /**
     * What is known of a part.
     *
     * @param exact all that it matches, null if that is too much
     * @param heads what its matches begin with
     * @param tails what its matches end with
     * @param inner the best needles one of which is in each match, null if none is known
     */
    private record Part(List<Needle> exact, List<Needle> heads, List<Needle> tails, List<Needle> inner) {
        static Part exactly(List<Needle> texts) {
            return new Part(texts, cut(texts, true), cut(texts, false), texts);
        }
    }

    /**
     * What was found.
     *
     * @param needles those that stand in the fewest places; empty if every text may match
     * @param suffice whether every text that contains one of them matches
     */
    record Required(List<Needle> needles, boolean suffice) {}

    private RequiredNeedles() {}

    static Required of(ByteNode node) {
        Part part = part(node);
        if (part.exact != null && !isUseless(part.exact)) {
            return new Required(part.exact, !hasAssertion(node));
        }
        List<Needle> best = better(better(part.inner, part.heads), part.tails);
        return new Required(isUseless(best) ? List.of() : best, false);
    }

    private static boolean hasAssertion(ByteNode node) {
        return switch (node) {
            case ByteNode.One _ -> false;
            case ByteNode.Assertion _ -> true;
            case ByteNode.Sequence(var parts) -> parts.stream().anyMatch(RequiredNeedles::hasAssertion);
            case ByteNode.Choice(var parts) -> parts.stream().anyMatch(RequiredNeedles::hasAssertion);
            case ByteNode.Repeat(ByteNode inner, int _, int _) -> hasAssertion(inner);
        };
    }

    /** Estimated share of the places in log files where one of them stands. */
    static double share(List<Needle> needles) {
        double share = 0;
        for (Needle needle : needles) {
            share += needle.sievedShare(1);
        }
        return share;
    }

    private static double wholeShare(List<Needle> needles) {
        return needles.stream().mapToDouble(Needle::share).sum();
    }

    private static Part part(ByteNode node) {
        return switch (node) {
            case ByteNode.One(ByteSet set) -> Part.exactly(List.of(new Needle(List.of(set))));
            case ByteNode.Assertion _ -> Part.exactly(NOTHING);
            case ByteNode.Sequence(var parts) -> {
                Part whole = Part.exactly(NOTHING);
                for (ByteNode next : parts) {
                    whole = joined(whole, part(next));
                }
                yield whole;
            }
            case ByteNode.Choice(var parts) -> {
                Part whole = part(parts.getFirst());
                for (ByteNode next : parts.subList(1, parts.size())) {
                    whole = either(whole, part(next));
                }
                yield whole;
            }
            case ByteNode.Repeat(ByteNode inner, int min, int max) -> repeated(part(inner), min, max);
        };
    }

    private static Part joined(Part a, Part b) {
        List<Needle> exact = a.exact == null || b.exact == null ? null : product(a.exact, b.exact);
        List<Needle> heads = a.exact == null ? a.heads : or(product(a.exact, b.heads), a.heads);
        List<Needle> tails = b.exact == null ? b.tails : or(product(a.tails, b.exact), b.tails);
        List<Needle> inner = better(better(a.inner, b.inner), better(exact, product(a.tails, b.heads)));
        return new Part(exact, cut(heads, true), cut(tails, false), inner);
    }

    private static Part either(Part a, Part b) {
        List<Needle> exact = a.exact == null || b.exact == null ? null : union(a.exact, b.exact);
        List<Needle> inner = a.inner == null || b.inner == null ? null : union(a.inner, b.inner);
        return new Part(exact, or(union(a.heads, b.heads), NOTHING), or(union(a.tails, b.tails), NOTHING), inner);
    }

    private static Part repeated(Part part, int min, int max) {
        if (min == 0) {
            boolean optional = max == 1 && part.exact != null;
            return optional
                    ? either(part, Part.exactly(NOTHING))
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
    private static List<Needle> product(List<Needle> first, List<Needle> second) {
        if (first.size() * second.size() > MOST_NEEDLES) {
            return null;
        }
        LinkedHashSet<Needle> product = new LinkedHashSet<>();
        for (Needle a : first) {
            for (Needle b : second) {
                if (a.lengthBytes() + b.lengthBytes() > 2 * LONGEST_BYTES) {
                    return null;
                }
                product.add(a.then(b));
            }
        }
        return List.copyOf(product);
    }

    private static List<Needle> union(List<Needle> first, List<Needle> second) {
        LinkedHashSet<Needle> union = new LinkedHashSet<>(first);
        union.addAll(second);
        return union.size() > MOST_NEEDLES ? null : List.copyOf(union);
    }

    private static List<Needle> or(List<Needle> needles, List<Needle> otherwise) {
        return needles == null ? otherwise : needles;
    }

    private static List<Needle> cut(List<Needle> needles, boolean head) {
        List<Needle> cut = new ArrayList<>();
        for (Needle needle : needles) {
            cut.add(head ? needle.head(LONGEST_BYTES) : needle.tail(LONGEST_BYTES));
        }
        return List.copyOf(new LinkedHashSet<>(cut));
    }

    private static List<Needle> better(List<Needle> first, List<Needle> second) {
        if (first == null || second == null) {
            return first == null ? second : first;
        }
        int windows = Double.compare(share(first), share(second));
        // Of needles with windows alike, the longer ones leave fewer candidates.
        return windows < 0 || (windows == 0 && wholeShare(first) <= wholeShare(second)) ? first : second;
    }

    /** With an empty needle, or one that stands nearly everywhere, the search for them would be for nothing. */
    private static boolean isUseless(List<Needle> needles) {
        return share(needles) > 0.1 || needles.stream().anyMatch(needle -> needle.lengthBytes() == 0);
    }
}
