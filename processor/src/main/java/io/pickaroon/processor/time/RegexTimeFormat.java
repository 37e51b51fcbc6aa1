package io.pickaroon.processor.time;

import io.pickaroon.processor.regex.ByteExpression;
import io.pickaroon.processor.regex.ByteRegex;
import io.pickaroon.processor.regex.Nfa;

/** Finds the text of a record's time with an expression, and has it read. */
public final class RegexTimeFormat implements TimeFormat {
    private static final int GROUP = 1;

    private final Nfa nfa;
    private final TimeFormat ofText;

    /**
     * @param expression in RE2 syntax; its only group is the text
     * @param ofText reads the text
     * @throws IllegalArgumentException if the expression is invalid, or has not one group; the message says why
     */
    public RegexTimeFormat(String expression, TimeFormat ofText) {
        ByteExpression read = ByteExpression.of(expression, false);
        if (read.groupCount() != GROUP) {
            throw new IllegalArgumentException(
                    "'%s' has %s: the time is what its only group matches, as in '^\\[([^\\]]+)\\]'; write (?:..) for groups that only hold something together"
                            .formatted(
                                    expression, read.groupCount() == 0 ? "no group" : read.groupCount() + " groups"));
        }
        this.nfa = new Nfa(read.tree());
        this.ofText = ofText;
    }

    @Override
    public boolean mayLackYear() {
        return ofText.mayLackYear();
    }

    @Override
    public long repeatedMillis() {
        return ofText.repeatedMillis();
    }

    @Override
    public Reader open() {
        ByteRegex regex = new ByteRegex(nfa, GROUP);
        Reader text = ofText.open();
        return (record, from, to, latest) -> regex.find(record, from, to) && regex.groupStart(0) >= 0
                ? text.read(record, regex.groupStart(0), regex.groupEnd(0), latest)
                : NONE;
    }
}
