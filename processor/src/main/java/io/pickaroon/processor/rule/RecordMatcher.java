package io.pickaroon.processor.rule;

import io.pickaroon.processor.detect.Candidates;
import io.pickaroon.processor.detect.Detection;
import io.pickaroon.processor.regex.ByteRegex;
import io.pickaroon.processor.regex.RecordDfa;
import io.pickaroon.processor.search.ByteSearch;
import io.pickaroon.processor.search.LiteralSearch;
import io.pickaroon.processor.search.MatchVisitor;
import java.util.BitSet;
import java.util.List;

/** Decides for one rule which records match, and where. Used by one thread at a time. */
public sealed interface RecordMatcher
        permits RecordMatcher.OfTexts,
                RecordMatcher.OfManyTexts,
                RecordMatcher.OfRegex,
                RecordMatcher.OfDetectors,
                RuleMatcher {
    /** True if a record matches; its content is {@code [start, end)}. */
    boolean matches(byte[] bytes, int start, int end);

    /**
     * Visits every match in a record, from left to right for each text.
     *
     * @param group name of the group to visit instead of the whole match; empty for the whole match
     */
    void visitMatches(byte[] bytes, int start, int end, String group, MatchVisitor visitor);

    /** True if there is something to visit, but for empty groups. As a rule quicker than to visit it. */
    default boolean hasMatches(byte[] bytes, int start, int end, String group) {
        return matches(bytes, start, end);
    }

    /** At least one of a few texts anywhere. */
    final class OfTexts implements RecordMatcher {
        private final LiteralSearch[] texts;

        OfTexts(List<String> texts, boolean ignoreCase, ByteSearch search) {
            this.texts = texts.stream()
                    .map(text -> new LiteralSearch(text, ignoreCase, search))
                    .toArray(LiteralSearch[]::new);
        }

        @Override
        public boolean matches(byte[] bytes, int start, int end) {
            for (LiteralSearch text : texts) {
                if (text.indexIn(bytes, start, end) >= 0) {
                    return true;
                }
            }
            return false;
        }

        @Override
        public void visitMatches(byte[] bytes, int start, int end, String group, MatchVisitor visitor) {
            for (LiteralSearch text : texts) {
                text.visitAll(bytes, start, end, visitor);
            }
        }
    }

    /** At least one of many texts anywhere: an automaton says whether, and a second search finds where. */
    final class OfManyTexts implements RecordMatcher {
        private final CompiledPattern pattern;
        private final List<String> texts;
        private final boolean ignoreCase;
        private final ByteSearch search;
        private final LiteralSearch[] searches;
        private final BitSet standing = new BitSet();
        private RecordDfa dfa;

        OfManyTexts(CompiledPattern pattern, List<String> texts, boolean ignoreCase, ByteSearch search) {
            this.pattern = pattern;
            this.texts = texts;
            this.ignoreCase = ignoreCase;
            this.search = search;
            this.searches = new LiteralSearch[texts.size()];
        }

        @Override
        public boolean matches(byte[] bytes, int start, int end) {
            if (dfa == null) {
                dfa = new RecordDfa(pattern.nfa());
            }
            return dfa.matches(bytes, start, end);
        }

        @Override
        public void visitMatches(byte[] bytes, int start, int end, String group, MatchVisitor visitor) {
            standing.clear();
            pattern.sortedTexts().addStanding(bytes, start, end, standing);
            for (int text = standing.nextSetBit(0); text >= 0; text = standing.nextSetBit(text + 1)) {
                if (searches[text] == null) {
                    searches[text] = new LiteralSearch(texts.get(text), ignoreCase, search);
                }
                searches[text].visitAll(bytes, start, end, visitor);
            }
        }
    }

    /** A regular expression: one walk over its automaton says whether a record matches, and another one where. */
    final class OfRegex implements RecordMatcher {
        private final CompiledPattern pattern;
        private RecordDfa dfa;
        private ByteRegex regex;

        OfRegex(CompiledPattern pattern) {
            this.pattern = pattern;
        }

        @Override
        public boolean matches(byte[] bytes, int start, int end) {
            if (dfa == null) {
                dfa = new RecordDfa(pattern.nfa());
            }
            return dfa.matches(bytes, start, end);
        }

        /** A rule has one fix, so the group is always the same. */
        @Override
        public void visitMatches(byte[] bytes, int start, int end, String group, MatchVisitor visitor) {
            if (regex == null) {
                regex = new ByteRegex(
                        pattern.nfa(), group.isEmpty() ? 0 : pattern.groups().get(group));
            }
            for (boolean found = regex.find(bytes, start, end); found; found = regex.findNext()) {
                if (group.isEmpty()) {
                    visitor.match(regex.start(), regex.end());
                } else {
                    visitor.match(regex.groupStart(0), regex.groupEnd(0));
                }
            }
        }
    }

    /** Detectors. */
    final class OfDetectors implements RecordMatcher {
        private final Detection detection;

        OfDetectors(Detection detection) {
            this.detection = detection;
        }

        /** Takes what others have seen, who look at the same records before it, so that it does not look itself. */
        public void share(Candidates candidates) {
            detection.share(candidates);
        }

        @Override
        public boolean matches(byte[] bytes, int start, int end) {
            return detection.finds(bytes, start, end);
        }

        @Override
        public void visitMatches(byte[] bytes, int start, int end, String group, MatchVisitor visitor) {
            if (group.isEmpty()) {
                detection.visitPlaces(bytes, start, end, visitor);
            } else {
                detection.visitHidden(bytes, start, end, visitor);
            }
        }
    }
}
