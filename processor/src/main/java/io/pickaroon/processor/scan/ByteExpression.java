package io.pickaroon.processor.scan;

import java.nio.charset.StandardCharsets;

/** Rewrites a regular expression over characters into one over the bytes of their UTF-8 form. */
final class ByteExpression {
    private final String expression;
    private final StringBuilder result = new StringBuilder();
    private int index;
    private boolean inClass;
    private boolean quoted;

    private ByteExpression(String expression) {
        this.expression = expression;
    }

    /** @throws IllegalArgumentException if the expression needs whole characters */
    static String of(String expression) {
        return new ByteExpression(expression).rewrite();
    }

    private String rewrite() {
        while (index < expression.length()) {
            int c = expression.codePointAt(index);
            if (c > 0x7f) {
                appendUtf8(c);
            } else if (quoted) {
                quoted = !expression.startsWith("\\E", index);
                take(quoted ? 1 : 2);
            } else if (c == '\\') {
                takeEscape();
            } else {
                trackClass(c);
                take(1);
            }
        }
        return result.toString();
    }

    private void appendUtf8(int c) {
        if (inClass) {
            throw refusal("character '" + Character.toString(c) + "' in a class; write (?:a|b) instead of [ab]");
        }
        result.append(quoted ? "\\E" : "").append("(?-i:");
        for (byte b : Character.toString(c).getBytes(StandardCharsets.UTF_8)) {
            result.append("\\x{").append(Integer.toHexString(b & 0xff)).append('}');
        }
        result.append(')').append(quoted ? "\\Q" : "");
        index += Character.charCount(c);
    }

    private void takeEscape() {
        char escaped = index + 1 < expression.length() ? expression.charAt(index + 1) : '\\';
        if (escaped == 'p' || escaped == 'P') {
            throw refusal("Unicode class \\" + escaped);
        }
        quoted = escaped == 'Q' && !inClass;
        take(escaped > 0x7f ? 1 : 2);
    }

    private void trackClass(int c) {
        if (!inClass && c == '[') {
            inClass = true;
            // A closing bracket right after the opening one, or after its negation, is a member.
            int member = expression.startsWith("[^", index) ? 2 : 1;
            if (expression.startsWith("]", index + member)) {
                take(member);
            }
        } else if (inClass && expression.startsWith("[:", index)) {
            int close = expression.indexOf(":]", index);
            take(close < 0 ? 1 : close + 1 - index);
        } else if (inClass && c == ']') {
            inClass = false;
        }
    }

    private void take(int length) {
        int end = Math.min(expression.length(), index + length);
        result.append(expression, index, end);
        index = end;
    }

    private IllegalArgumentException refusal(String what) {
        return new IllegalArgumentException(
                "'%s' has %s at position %d: expressions match bytes".formatted(expression, what, index + 1));
    }
}
