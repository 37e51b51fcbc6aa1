package io.pickaroon.processor.rule;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/**
 * Tests whether a condition holds for a record: yes, no, or unknown as long as the record is not parsed and that depends on its
 * fields. Used by one thread at a time; allocates nothing for a record.
 */
public sealed interface ConditionTest {
    int NO = 0;
    int YES = 1;
    int UNKNOWN = 2;

    /** The answer for the record whose content is {@code [start, end)}. */
    int test(byte[] bytes, int start, int end);

    record OfBytes(RecordMatcher matcher) implements ConditionTest {
        @Override
        public int test(byte[] bytes, int start, int end) {
            return matcher.matches(bytes, start, end) ? YES : NO;
        }
    }

    /** Not with a call through {@link OfNot}: it is what most conditions with a not ask of each record. */
    record OfNoBytes(RecordMatcher matcher) implements ConditionTest {
        @Override
        public int test(byte[] bytes, int start, int end) {
            return matcher.matches(bytes, start, end) ? NO : YES;
        }
    }

    /** A test of all parts, which is that of the only one if there is one. */
    static ConditionTest all(ConditionTest... parts) {
        return parts.length == 1 ? parts[0] : new OfAll(parts);
    }

    /** A test of which the answer is the opposite. */
    static ConditionTest not(ConditionTest part) {
        return part instanceof OfBytes(RecordMatcher matcher) ? new OfNoBytes(matcher) : new OfNot(part);
    }

    @SuppressWarnings("ArrayRecordComponent") // compared by nobody
    record OfAll(ConditionTest[] parts) implements ConditionTest {
        @Override
        public int test(byte[] bytes, int start, int end) {
            int answer = YES;
            for (ConditionTest part : parts) {
                int its = part.test(bytes, start, end);
                if (its == NO) {
                    return NO;
                }
                answer = Math.max(answer, its);
            }
            return answer;
        }
    }

    @SuppressWarnings("ArrayRecordComponent") // compared by nobody
    record OfAny(ConditionTest[] parts) implements ConditionTest {
        @Override
        public int test(byte[] bytes, int start, int end) {
            int answer = NO;
            for (ConditionTest part : parts) {
                int its = part.test(bytes, start, end);
                if (its == YES) {
                    return YES;
                }
                answer = Math.max(answer, its);
            }
            return answer;
        }
    }

    record OfNot(ConditionTest part) implements ConditionTest {
        @Override
        public int test(byte[] bytes, int start, int end) {
            int its = part.test(bytes, start, end);
            return its == UNKNOWN ? UNKNOWN : YES - its;
        }
    }

    /** The value of a field is one of some texts. */
    final class OfFieldTexts implements ConditionTest {
        private final RecordFields fields;
        private final int field;
        private final byte[][] texts;

        OfFieldTexts(RecordFields fields, int field, List<String> texts) {
            this.fields = fields;
            this.field = field;
            this.texts = texts.stream()
                    .map(text -> text.getBytes(StandardCharsets.UTF_8))
                    .toArray(byte[][]::new);
        }

        @Override
        public int test(byte[] bytes, int start, int end) {
            if (!fields.areKnown()) {
                return UNKNOWN;
            }
            if (!fields.has(field)) {
                return NO;
            }
            byte[] array = fields.bytes(field);
            int from = fields.start(field);
            int to = fields.end(field);
            for (byte[] text : texts) {
                if (Arrays.equals(text, 0, text.length, array, from, to)) {
                    return YES;
                }
            }
            return NO;
        }
    }

    /** An expression matches in the value of a field. */
    record OfFieldBytes(RecordFields fields, int field, RecordMatcher matcher) implements ConditionTest {
        @Override
        public int test(byte[] bytes, int start, int end) {
            if (!fields.areKnown()) {
                return UNKNOWN;
            }
            return fields.has(field) && matcher.matches(fields.bytes(field), fields.start(field), fields.end(field))
                    ? YES
                    : NO;
        }
    }
}
