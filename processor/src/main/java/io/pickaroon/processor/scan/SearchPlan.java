package io.pickaroon.processor.scan;

import io.pickaroon.processor.detect.Candidates;
import io.pickaroon.processor.detect.Detector;
import io.pickaroon.processor.regex.RequiredNeedles;
import io.pickaroon.processor.rule.CompiledCondition;
import io.pickaroon.processor.rule.CompiledDetectors;
import io.pickaroon.processor.rule.CompiledPattern;
import io.pickaroon.processor.rule.ConditionTest;
import io.pickaroon.processor.rule.RecordFields;
import io.pickaroon.processor.rule.RecordMatcher;
import io.pickaroon.processor.rule.Rule;
import io.pickaroon.processor.rule.RuleMatcher;
import io.pickaroon.processor.search.ByteSearch;
import io.pickaroon.processor.search.MemchrChoice;
import io.pickaroon.processor.search.NativeBytes;
import io.pickaroon.processor.search.Needle;
import io.pickaroon.processor.search.NeedleFilter;
import io.pickaroon.processor.search.NeedleSearch;
import io.pickaroon.processor.search.Sieve;
import io.pickaroon.processor.window.RecordFormat;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/** Decides which search looks for which needles of the rules. Made once for all threads. Thread-safe. */
final class SearchPlan {
    /** More needles than these are too many to tell places apart by a {@link NeedleSearch}. */
    static final int MOST_SEARCHED = 128;
    /** A long needle that stands in more places than this is searched for at a stride. */
    private static final double COMMON_SHARE = 0.001;

    private static final int SHORTEST_RUN = 7;
    /** What plain loops over each byte need twice the time for. */
    private static final long VECTORS_INSTEAD_OF_EACH_BYTE = 300L << 20;
    /** What {@code memchr} looks for only where there are no vectors, or plain loops skip most places for. */
    static final long VECTORS_INSTEAD_OF_SKIPPING = 2L << 30;

    /** Needles with the rule that each of them belongs to. */
    record Needles(List<Needle> needles, List<Integer> rules) {
        Needles() {
            this(new ArrayList<>(), new ArrayList<>());
        }

        void add(Needle needle, int rule) {
            needles.add(needle);
            rules.add(rule);
        }

        boolean isEmpty() {
            return needles.isEmpty();
        }

        int size() {
            return needles.size();
        }

        Needles without(BitSet unaided) {
            Needles left = new Needles();
            for (int i = 0; i < needles.size(); i++) {
                if (!unaided.get(rules.get(i))) {
                    left.add(needles.get(i), rules.get(i));
                }
            }
            return left;
        }
    }

    private final CompiledCondition[] conditions;
    /** Of each rule its texts and expressions that are not under a not. */
    private final List<List<CompiledPattern>> positives = new ArrayList<>();
    /** Needles that four neighbouring bytes distinguish from most of a log. */
    private final Needles near;
    /** Long runs of a kind. */
    private final Needles runs;
    /** For those that are near, but too many. */
    private final Optional<NeedleFilter> filter;
    /** Rules without needles, which test every record. */
    private final BitSet unaided = new BitSet();
    /** Rules of detectors for which {@link Candidates} take the place of needles, and those detectors. */
    private final BitSet detecting = new BitSet();

    private final Set<Detector> detectors = EnumSet.noneOf(Detector.class);
    /** Rules that match where one of their needles was found. */
    private final BitSet decided = new BitSet();

    /** Rules of which a needle was found in full in each record that they test. */
    private final BitSet searched = new BitSet();

    /** All patterns as one; made when it is first needed. */
    private CompiledPattern whole;

    SearchPlan(List<Rule> rules) {
        this.conditions =
                rules.stream().map(rule -> CompiledCondition.of(rule.pattern())).toArray(CompiledCondition[]::new);
        Needles allNear = new Needles();
        Needles allRuns = new Needles();
        for (int rule = 0; rule < conditions.length; rule++) {
            positives.add(
                    conditions[rule] instanceof CompiledCondition.Bytes(CompiledPattern pattern)
                            ? List.of(pattern)
                            : rules.get(rule).pattern().positives().stream()
                                    .map(CompiledPattern::of)
                                    .toList());
            RequiredNeedles.Required required = conditions[rule].required();
            Optional<CompiledDetectors> found = candidatesOf(conditions[rule]);
            List<Needle> needles =
                    found.map(CompiledDetectors::needlesOfSecrets).orElse(required.needles());
            if (found.isPresent()) {
                detecting.set(rule);
                detectors.addAll(found.get().detectors());
            }
            unaided.set(rule, found.map(CompiledDetectors::testEveryRecord).orElse(needles.isEmpty()));
            decided.set(rule, required.suffice());
            searched.set(rule, !needles.isEmpty() && found.isEmpty());
            for (Needle needle : needles) {
                boolean isRun = needles.size() <= MOST_SEARCHED
                        && needle.lengthBytes() >= SHORTEST_RUN
                        && needle.sievedShare(1) > COMMON_SHARE;
                (isRun ? allRuns : allNear).add(needle, rule);
            }
        }
        boolean areMany = allNear.size() > MOST_SEARCHED;
        Needles few = areMany ? new Needles() : allNear;
        Needles many = new Needles();
        for (int i = 0; areMany && i < allNear.size(); i++) {
            Needle needle = allNear.needles.get(i);
            (NeedleFilter.takes(needle) ? many : few).add(needle, allNear.rules.get(i));
        }
        leaveUnaided(few);
        leaveUnaided(allRuns);
        this.near = few.without(unaided);
        this.runs = allRuns.without(unaided);
        many = many.without(unaided);
        many.rules.forEach(rule -> {
            decided.clear(rule);
            searched.clear(rule);
        });
        this.filter = many.isEmpty() ? Optional.empty() : Optional.of(new NeedleFilter(many.needles, many.rules));
    }

    /** The detectors of a rule of which candidates take the place of needles. */
    private static Optional<CompiledDetectors> candidatesOf(CompiledCondition condition) {
        return condition instanceof CompiledCondition.Bytes(CompiledPattern pattern)
                ? pattern.detectors().filter(CompiledDetectors::haveCommonNeedles)
                : Optional.empty();
    }

    /** True if {@code memchr} can look for all of it, where each line is a record and one byte ends a line. */
    boolean suitsMemchr(RecordFormat format, boolean hasVectors) {
        return unaided.isEmpty()
                && detecting.isEmpty()
                && runs.isEmpty()
                && filter.isEmpty()
                && format.starts().isEmpty()
                && format.delimiter().leadBytes() == 0
                && MemchrChoice.suits(near.needles, hasVectors);
    }

    /** From how many bytes on it pays to start a JVM with vectors for it; empty if it never does. */
    OptionalLong vectorsPayFromBytes(RecordFormat format) {
        boolean hasMemchr = NativeBytes.isAvailable();
        if (hasMemchr && suitsMemchr(format, true) && MemchrChoice.isFastest(near.needles)) {
            return OptionalLong.empty();
        }
        boolean skips = hasMemchr && suitsMemchr(format, false)
                || unaided.isEmpty()
                        && runs.isEmpty()
                        && format.starts().isEmpty()
                        && (near.isEmpty() || NeedleSearch.skipsMostWithoutVectors(near.needles));
        return OptionalLong.of(skips ? VECTORS_INSTEAD_OF_SKIPPING : VECTORS_INSTEAD_OF_EACH_BYTE);
    }

    /** Needles are of no use where no search takes them. */
    private void leaveUnaided(Needles needles) {
        if (needles.size() > MOST_SEARCHED) {
            needles.rules.forEach(rule -> {
                unaided.set(rule);
                decided.clear(rule);
                searched.clear(rule);
            });
        }
    }

    /** Finds the places where any of the rules matches, from left to right; those of earlier rules are preferred. */
    synchronized RecordMatcher newPlaces(ByteSearch search) {
        if (whole == null) {
            whole = CompiledPattern.firstOf(
                    positives.stream().flatMap(List::stream).toList());
        }
        return whole.newTest(search);
    }

    int ruleCount() {
        return conditions.length;
    }

    /** A test of a rule for one thread. */
    RecordMatcher newTest(int rule, ByteSearch search, RecordFields fields) {
        if (conditions[rule] instanceof CompiledCondition.Bytes(CompiledPattern pattern)) {
            return pattern.newTest(search);
        }
        ConditionTest test = searched.get(rule)
                ? conditions[rule].newTestOfRest(search, fields)
                : conditions[rule].newTest(search, fields);
        return new RuleMatcher(test, positives.get(rule), search, fields);
    }

    /** The texts and expressions of a rule that are not under a not, from left to right. */
    List<CompiledPattern> positives(int rule) {
        return positives.get(rule);
    }

    Needles near() {
        return near;
    }

    Needles runs() {
        return runs;
    }

    /** Distance of the bytes of runs that are looked up. */
    int strideOfRuns() {
        int shortest = runs.needles.stream().mapToInt(Needle::lengthBytes).min().orElse(SHORTEST_RUN);
        return (shortest - 1) / (Sieve.POSITIONS - 1);
    }

    Optional<NeedleFilter> filter() {
        return filter;
    }

    BitSet detecting() {
        return detecting;
    }

    /** What finds candidates of the rules that detect something; for one thread. */
    Candidates newCandidates() {
        return new Candidates(List.copyOf(detectors));
    }

    BitSet unaided() {
        return unaided;
    }

    /** True if a rule matches every record that holds one of its needles. */
    boolean isDecidedByNeedles(int rule) {
        return decided.get(rule);
    }
}
