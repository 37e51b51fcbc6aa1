package io.pickaroon.processor.scan;

import java.util.List;
import java.util.Optional;

/** Decides for one rule which records match. Used by one thread at a time. */
sealed interface RecordTest {
    /** Needles of which every matching record contains at least one; empty if nothing is known of matching records. */
    List<Needle> needles();

    /** Whether a record matches that holds one of the needles, if there are any; its content is {@code [start, end)}. */
    boolean matchesCandidate(byte[] bytes, int start, int end);

    /**
     * Visits every match in a record, from left to right for each text.
     *
     * @param group name of the group to visit instead of the whole match; empty for the whole match
     */
    void visitMatches(byte[] bytes, int start, int end, String group, MatchVisitor visitor);

    /** Is told of matches by their range in the array. */
    interface MatchVisitor {
        void match(int start, int end);
    }

    static RecordTest of(Pattern pattern, ByteSearch search) {
        return switch (pattern) {
            case Pattern.Literal(String text, boolean ignoreCase) -> OfTexts.of(List.of(text), ignoreCase, search);
            case Pattern.AnyOf(List<String> texts, boolean ignoreCase) -> OfTexts.of(texts, ignoreCase, search);
            case Pattern.Regex(String expression, boolean ignoreCase) -> OfRegex.of(expression, ignoreCase);
        };
    }

    /** At least one of the texts anywhere. */
    record OfTexts(List<Needle> needles, List<LiteralSearch> texts) implements RecordTest {
        static OfTexts of(List<String> texts, boolean ignoreCase, ByteSearch search) {
            return new OfTexts(
                    texts.stream().map(text -> Needle.of(text, ignoreCase)).toList(),
                    texts.stream()
                            .map(text -> new LiteralSearch(text, ignoreCase, search))
                            .toList());
        }

        @Override
        public boolean matchesCandidate(byte[] bytes, int start, int end) {
            return true;
        }

        @Override
        public void visitMatches(byte[] bytes, int start, int end, String group, MatchVisitor visitor) {
            for (LiteralSearch text : texts) {
                for (int found = text.indexIn(bytes, start, end);
                        found >= 0;
                        found = text.indexIn(bytes, found + text.lengthBytes(), end)) {
                    visitor.match(found, found + text.lengthBytes());
                }
            }
        }
    }

    /** A regular expression: an automaton says whether a record matches, where it can, and RE2/J where the matches are. */
    record OfRegex(List<Needle> needles, boolean needlesSuffice, Optional<RecordDfa> dfa, ByteRegex regex)
            implements RecordTest {
        static OfRegex of(String expression, boolean ignoreCase) {
            ByteRegex regex = ByteRegex.compile(expression, ignoreCase);
            Optional<ByteNode> tree = ByteNodeParser.parse(ByteExpression.of(expression), ignoreCase);
            RequiredNeedles.Required required =
                    tree.map(RequiredNeedles::of).orElse(new RequiredNeedles.Required(List.of(), false));
            Optional<RecordDfa> dfa = tree.flatMap(node -> Nfa.of(node).map(nfa -> new RecordDfa(node, nfa)));
            return new OfRegex(required.needles(), required.suffice(), dfa, regex);
        }

        @Override
        public boolean matchesCandidate(byte[] bytes, int start, int end) {
            if (needlesSuffice) {
                return true;
            }
            return dfa.isPresent() ? dfa.get().matches(bytes, start, end) : regex.find(bytes, start, end);
        }

        @Override
        public void visitMatches(byte[] bytes, int start, int end, String group, MatchVisitor visitor) {
            int number = group.isEmpty() ? 0 : regex.groups().get(group);
            for (boolean found = regex.find(bytes, start, end); found; found = regex.findNext()) {
                visitor.match(regex.start(number), regex.end(number));
            }
        }
    }
}
