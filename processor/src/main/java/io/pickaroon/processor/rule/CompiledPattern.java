package io.pickaroon.processor.rule;

import io.pickaroon.processor.regex.ByteExpression;
import io.pickaroon.processor.regex.ByteNode;
import io.pickaroon.processor.regex.Nfa;
import io.pickaroon.processor.regex.RequiredNeedles;
import io.pickaroon.processor.search.ByteSearch;
import io.pickaroon.processor.search.ByteSet;
import io.pickaroon.processor.search.Needle;
import io.pickaroon.processor.search.SortedTexts;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A pattern compiled for searching, once for all threads; {@link #newTest} makes what each thread needs for itself.
 * Thread-safe.
 */
public final class CompiledPattern {
    /** More texts than these are searched for by one automaton. */
    private static final int MOST_SINGLE_TEXTS = 8;

    private final List<String> texts;
    private final boolean ignoreCase;
    private final ByteExpression expression;
    private final RequiredNeedles.Required required;
    /** What detects something, if it is of detectors; then the expression only says which records they look at. */
    private final Optional<CompiledDetectors> detectors;

    private Nfa nfa;
    private SortedTexts sortedTexts;

    private CompiledPattern(
            List<String> texts, boolean ignoreCase, ByteExpression expression, RequiredNeedles.Required required) {
        this(texts, ignoreCase, expression, required, Optional.empty());
    }

    private CompiledPattern(
            List<String> texts,
            boolean ignoreCase,
            ByteExpression expression,
            RequiredNeedles.Required required,
            Optional<CompiledDetectors> detectors) {
        this.detectors = detectors;
        this.texts = texts;
        this.ignoreCase = ignoreCase;
        this.expression = expression;
        this.required = required;
    }

    /** Of a text, texts or an expression. Not with a switch over types, which every start would make anew. */
    public static CompiledPattern of(Pattern pattern) {
        if (pattern instanceof Pattern.Regex(String text, boolean ignoreCase)) {
            ByteExpression expression = ByteExpression.of(text, ignoreCase);
            return new CompiledPattern(List.of(), ignoreCase, expression, RequiredNeedles.of(expression.tree()));
        }
        if (pattern instanceof Pattern.Detect detect) {
            CompiledDetectors detectors = CompiledDetectors.of(detect);
            return new CompiledPattern(
                    List.of(), false, detectors.candidates(), detectors.required(), Optional.of(detectors));
        }
        return ofTexts(pattern.texts(), pattern.ignoreCase());
    }

    /** One of the patterns; of those that match at the same place the first one. */
    public static CompiledPattern firstOf(List<CompiledPattern> patterns) {
        if (patterns.size() == 1 && patterns.getFirst().texts.size() <= 1) {
            return patterns.getFirst();
        }
        if (patterns.isEmpty()) {
            ByteNode nothing = new ByteNode.One(ByteSet.NONE);
            return new CompiledPattern(
                    List.of(), false, new ByteExpression(nothing, Map.of()), CompiledCondition.NOTHING_REQUIRED);
        }
        ByteNode tree =
                new ByteNode.Choice(patterns.stream().map(CompiledPattern::tree).toList());
        return new CompiledPattern(List.of(), false, new ByteExpression(tree, Map.of()), RequiredNeedles.of(tree));
    }

    private static CompiledPattern ofTexts(List<String> texts, boolean ignoreCase) {
        List<Needle> needles =
                texts.stream().map(text -> Needle.of(text, ignoreCase)).toList();
        return new CompiledPattern(texts, ignoreCase, null, new RequiredNeedles.Required(needles, true));
    }

    RequiredNeedles.Required required() {
        return required;
    }

    boolean hasExpression() {
        return expression != null;
    }

    /** True if it has a group of this name, or what the masks of detectors hide. */
    public boolean hasGroup(String group) {
        return group.equals(Fix.OF_DETECTORS)
                ? detectors.isPresent()
                : expression != null && expression.groups().containsKey(group);
    }

    /** The detectors that it asks for something; empty if it is none of detectors. */
    public Optional<CompiledDetectors> detectors() {
        return detectors;
    }

    /** Needles of which every matching record contains at least one; empty if nothing is known of matching records. */
    public List<Needle> needles() {
        return required.needles();
    }

    /** True if every record matches that contains one of them. */
    public boolean needlesSuffice() {
        return required.suffice();
    }

    /** A test for one thread. */
    public RecordMatcher newTest(ByteSearch search) {
        if (detectors.isPresent()) {
            return new RecordMatcher.OfDetectors(detectors.get().newDetection());
        }
        if (expression != null) {
            return new RecordMatcher.OfRegex(this);
        }
        return texts.size() <= MOST_SINGLE_TEXTS
                ? new RecordMatcher.OfTexts(texts, ignoreCase, search)
                : new RecordMatcher.OfManyTexts(this, texts, ignoreCase, search);
    }

    public Map<String, Integer> groups() {
        return expression.groups();
    }

    /** The automaton, which is made when it is first needed. */
    public synchronized Nfa nfa() {
        if (nfa == null) {
            nfa = new Nfa(tree());
        }
        return nfa;
    }

    synchronized SortedTexts sortedTexts() {
        if (sortedTexts == null) {
            sortedTexts = new SortedTexts(texts, ignoreCase);
        }
        return sortedTexts;
    }

    /** What matches. */
    ByteNode tree() {
        return expression == null ? treeOfTexts() : expression.tree();
    }

    private ByteNode treeOfTexts() {
        ByteNode.One[] ones = new ByteNode.One[256];
        for (int value = 0; value < ones.length; value++) {
            ByteSet set = ByteSet.of(value);
            ones[value] = new ByteNode.One(ignoreCase ? set.inBothCases() : set);
        }
        List<ByteNode> choices = new ArrayList<>(texts.size());
        for (String text : texts) {
            List<ByteNode> bytes = new ArrayList<>(text.length());
            for (byte value : text.getBytes(StandardCharsets.UTF_8)) {
                bytes.add(ones[value & 0xff]);
            }
            choices.add(new ByteNode.Sequence(bytes));
        }
        return new ByteNode.Choice(choices);
    }
}
