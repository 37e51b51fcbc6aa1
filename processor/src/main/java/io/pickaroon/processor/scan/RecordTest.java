package io.pickaroon.processor.scan;

import java.util.List;

/** Decides for one rule which records match. Used by one thread at a time. */
sealed interface RecordTest {
    /** Texts of which every matching record contains at least one; empty if nothing is known of matching records. */
    List<LiteralSearch> probes();

    /** Whether the record whose content is {@code [start, end)} matches. */
    boolean matches(byte[] bytes, int start, int end);

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
            case Pattern.Literal(String text, boolean ignoreCase) ->
                new OfTexts(List.of(new LiteralSearch(text, ignoreCase, search)));
            case Pattern.AnyOf(List<String> texts, boolean ignoreCase) ->
                new OfTexts(texts.stream()
                        .map(text -> new LiteralSearch(text, ignoreCase, search))
                        .toList());
            case Pattern.Regex(String expression, boolean ignoreCase) -> {
                String required = ignoreCase ? "" : RequiredLiteral.of(expression);
                List<LiteralSearch> probes =
                        required.isEmpty() ? List.of() : List.of(new LiteralSearch(required, false, search));
                yield new OfRegex(probes, ByteRegex.compile(expression, ignoreCase));
            }
        };
    }

    /** At least one of the texts anywhere. */
    record OfTexts(List<LiteralSearch> probes) implements RecordTest {
        @Override
        public boolean matches(byte[] bytes, int start, int end) {
            for (LiteralSearch text : probes) {
                if (text.indexIn(bytes, start, end) >= 0) {
                    return true;
                }
            }
            return false;
        }

        @Override
        public void visitMatches(byte[] bytes, int start, int end, String group, MatchVisitor visitor) {
            for (LiteralSearch text : probes) {
                for (int found = text.indexIn(bytes, start, end);
                        found >= 0;
                        found = text.indexIn(bytes, found + text.lengthBytes(), end)) {
                    visitor.match(found, found + text.lengthBytes());
                }
            }
        }
    }

    /** A regular expression, asked only about records that hold its required text, if it has one. */
    record OfRegex(List<LiteralSearch> probes, ByteRegex regex) implements RecordTest {
        @Override
        public boolean matches(byte[] bytes, int start, int end) {
            return regex.find(bytes, start, end);
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
