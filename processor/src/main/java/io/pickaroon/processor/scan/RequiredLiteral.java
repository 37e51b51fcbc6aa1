package io.pickaroon.processor.scan;

/** Finds a text without which a regular expression cannot match. */
final class RequiredLiteral {
    private final String expression;
    private final StringBuilder run = new StringBuilder();
    private String longest = "";
    private int index;
    private boolean unsure;

    private RequiredLiteral(String expression) {
        this.expression = expression;
    }

    /**
     * The longest run of plain characters that every match contains, found without looking into groups and classes.
     *
     * @return an empty text if there is none, or none that this simple look can be sure of
     */
    static String of(String expression) {
        return new RequiredLiteral(expression).find();
    }

    private String find() {
        while (index < expression.length() && !unsure) {
            char c = expression.charAt(index);
            switch (c) {
                case '|' -> {
                    return "";
                }
                case '(' -> {
                    if (hasFlags(index)) {
                        return "";
                    }
                    endRun();
                    skipGroup();
                }
                case '[' -> {
                    endRun();
                    skipClass();
                }
                case '*', '?', '{' -> {
                    dropLast();
                    endRun();
                    skipQuantifier();
                }
                case '+' -> {
                    endRun();
                    index++;
                }
                case '.', '^', '$' -> {
                    endRun();
                    index++;
                }
                case '\\' -> takeEscape();
                default -> {
                    run.append(c);
                    index++;
                }
            }
        }
        endRun();
        return unsure ? "" : longest;
    }

    /** Flags such as {@code (?i)} change what plain characters mean. */
    private boolean hasFlags(int open) {
        return expression.startsWith("(?", open)
                && !expression.startsWith("(?:", open)
                && !expression.startsWith("(?<", open)
                && !expression.startsWith("(?P<", open);
    }

    private void takeEscape() {
        char escaped = index + 1 < expression.length() ? expression.charAt(index + 1) : 'Q';
        if (Character.isLetterOrDigit(escaped)) {
            endRun();
            // \x, \Q, \C, octal: too rare to read; a class such as \d or an anchor such as \b is one letter long.
            unsure = "dDsSwWbBAz".indexOf(escaped) < 0;
            index += 2;
        } else {
            run.append(escaped);
            index += 2;
        }
    }

    private void dropLast() {
        if (!run.isEmpty()) {
            int last = run.codePointBefore(run.length());
            run.setLength(run.length() - Character.charCount(last));
        }
    }

    private void endRun() {
        if (run.length() > longest.length()) {
            longest = run.toString();
        }
        run.setLength(0);
    }

    private void skipQuantifier() {
        int close = expression.charAt(index) == '{' ? expression.indexOf('}', index) : index;
        index = close < 0 ? expression.length() : close + 1;
    }

    private void skipGroup() {
        int depth = 0;
        while (index < expression.length()) {
            char c = expression.charAt(index);
            if (c == '\\') {
                unsure |= expression.startsWith("\\Q", index);
                index += 2;
            } else if (c == '[') {
                skipClass();
            } else {
                depth += c == '(' ? 1 : c == ')' ? -1 : 0;
                index++;
                if (depth == 0) {
                    return;
                }
            }
        }
    }

    private void skipClass() {
        index++;
        if (expression.startsWith("^", index)) {
            index++;
        }
        if (expression.startsWith("]", index)) {
            index++;
        }
        while (index < expression.length() && expression.charAt(index) != ']') {
            boolean named = expression.startsWith("[:", index) && expression.indexOf(":]", index) > 0;
            index = named ? expression.indexOf(":]", index) + 2 : index + (expression.charAt(index) == '\\' ? 2 : 1);
        }
        index++;
    }
}
