package io.pickaroon.processor.rule;

import io.pickaroon.processor.regex.RequiredNeedles;
import io.pickaroon.processor.regex.RequiredNeedles.Required;
import io.pickaroon.processor.search.ByteSearch;
import io.pickaroon.processor.search.Needle;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** A pattern compiled, once for all threads: a tree with a {@link CompiledPattern} at each leaf that is not a field. Immutable. */
public sealed interface CompiledCondition {
    Required NOTHING_REQUIRED = new Required(List.of(), false);

    /** Needles of which every record that the condition holds for contains at least one, if some are known. */
    Required required();

    /** A test for one thread. */
    ConditionTest newTest(ByteSearch search, RecordFields fields);

    /** As {@link #newTest}, for records of which is known that they contain one of the {@link #required} needles. */
    default ConditionTest newTestOfRest(ByteSearch search, RecordFields fields) {
        return newTest(search, fields);
    }

    /** How long a test takes: those of many texts, of expressions and of fields are made after others. */
    int cost();

    /** A text, texts or an expression in the record's bytes. */
    record Bytes(CompiledPattern pattern) implements CompiledCondition {
        @Override
        public Required required() {
            return pattern.required();
        }

        @Override
        public ConditionTest newTest(ByteSearch search, RecordFields fields) {
            return new ConditionTest.OfBytes(pattern.newTest(search));
        }

        @Override
        public int cost() {
            return pattern.hasExpression() ? 1 : 0;
        }
    }

    /**
     * Every part holds.
     *
     * @param parts those that are quick to test first
     * @param driver the part whose needles stand in the fewest places, -1 if no part has any
     */
    record All(List<CompiledCondition> parts, int driver) implements CompiledCondition {
        static All of(List<CompiledCondition> parts) {
            List<CompiledCondition> inOrder = inOrder(parts);
            int driver = -1;
            for (int part = 0; part < inOrder.size(); part++) {
                List<Needle> needles = inOrder.get(part).required().needles();
                boolean isRarer = driver < 0
                        || RequiredNeedles.areRarer(
                                needles, inOrder.get(driver).required().needles());
                driver = !needles.isEmpty() && isRarer ? part : driver;
            }
            return new All(inOrder, driver);
        }

        @Override
        public Required required() {
            return driver < 0
                    ? NOTHING_REQUIRED
                    : new Required(parts.get(driver).required().needles(), false);
        }

        @Override
        public ConditionTest newTest(ByteSearch search, RecordFields fields) {
            return ConditionTest.all(tests(parts, search, fields));
        }

        @Override
        public ConditionTest newTestOfRest(ByteSearch search, RecordFields fields) {
            if (driver < 0 || !parts.get(driver).required().suffice()) {
                return newTest(search, fields);
            }
            List<CompiledCondition> rest = new ArrayList<>(parts);
            rest.remove(driver);
            return ConditionTest.all(tests(rest, search, fields));
        }

        @Override
        public int cost() {
            return parts.getLast().cost();
        }
    }

    /** At least one part holds. */
    record Any(List<CompiledCondition> parts) implements CompiledCondition {
        static Any of(List<CompiledCondition> parts) {
            return new Any(inOrder(parts));
        }

        @Override
        public Required required() {
            if (parts.stream().anyMatch(part -> part.required().needles().isEmpty())) {
                return NOTHING_REQUIRED;
            }
            List<Needle> needles = parts.stream()
                    .flatMap(part -> part.required().needles().stream())
                    .distinct()
                    .toList();
            return new Required(
                    needles, parts.stream().allMatch(part -> part.required().suffice()));
        }

        @Override
        public ConditionTest newTest(ByteSearch search, RecordFields fields) {
            return new ConditionTest.OfAny(tests(parts, search, fields));
        }

        @Override
        public int cost() {
            return parts.getLast().cost();
        }
    }

    /** The part does not hold. */
    record Not(CompiledCondition part) implements CompiledCondition {
        @Override
        public Required required() {
            return NOTHING_REQUIRED;
        }

        @Override
        public ConditionTest newTest(ByteSearch search, RecordFields fields) {
            return ConditionTest.not(part.newTest(search, fields));
        }

        @Override
        public int cost() {
            return part.cost();
        }
    }

    /**
     * A field passes a test.
     *
     * @param expression of a test that has one, else null
     */
    record OfField(Pattern.Field field, CompiledPattern expression) implements CompiledCondition {
        @Override
        public Required required() {
            return NOTHING_REQUIRED;
        }

        @Override
        public ConditionTest newTest(ByteSearch search, RecordFields fields) {
            int index = fields.indexOf(field.name());
            return switch (field.test()) {
                case Pattern.FieldTest.EqualTo(String text) ->
                    new ConditionTest.OfFieldTexts(fields, index, List.of(text));
                case Pattern.FieldTest.OneOf(List<String> texts) ->
                    new ConditionTest.OfFieldTexts(fields, index, texts);
                case Pattern.FieldTest.Matching _ ->
                    new ConditionTest.OfFieldBytes(fields, index, expression.newTest(search));
            };
        }

        @Override
        public int cost() {
            return 2;
        }
    }

    /** Not with a switch over types, which every start would make anew. */
    static CompiledCondition of(Pattern pattern) {
        if (pattern instanceof Pattern.All all) {
            return All.of(flat(all).map(CompiledCondition::of).toList());
        } else if (pattern instanceof Pattern.Any any) {
            return Any.of(any.parts().stream().map(CompiledCondition::of).toList());
        } else if (pattern instanceof Pattern.Not not) {
            return new Not(of(not.part()));
        } else if (pattern instanceof Pattern.Field field) {
            CompiledPattern expression = field.test() instanceof Pattern.FieldTest.Matching(String text)
                    ? CompiledPattern.of(new Pattern.Regex(text, false))
                    : null;
            return new OfField(field, expression);
        }
        return new Bytes(CompiledPattern.of(pattern));
    }

    /** The parts of it, and of those that are of its kind. */
    private static Stream<Pattern> flat(Pattern.All all) {
        return all.parts().stream().flatMap(part -> part instanceof Pattern.All inner ? flat(inner) : Stream.of(part));
    }

    private static List<CompiledCondition> inOrder(List<CompiledCondition> parts) {
        return parts.stream()
                .sorted(Comparator.comparingInt(CompiledCondition::cost))
                .toList();
    }

    private static ConditionTest[] tests(List<CompiledCondition> parts, ByteSearch search, RecordFields fields) {
        return parts.stream().map(part -> part.newTest(search, fields)).toArray(ConditionTest[]::new);
    }
}
