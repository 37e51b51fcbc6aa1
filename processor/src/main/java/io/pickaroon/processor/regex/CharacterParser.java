package io.pickaroon.processor.regex;

import io.pickaroon.processor.search.ByteSet;
import java.util.Map;
import java.util.Optional;

/**
 * Reads what stands for one character or one byte in a regular expression: characters, escapes and classes.
 *
 * <p>A class that names a character outside ASCII ({@code [Ää]}, {@code [^é]}, <code>\x{2028}</code>, {@code \p{L}}) matches
 * whole characters, in valid UTF-8. Any other class matches one byte: {@code [^a]} and {@code \W} any byte that is not
 * named. A byte outside ASCII is written {@code \xHH}.
 */
final class CharacterParser {
    private static final ByteSet DIGIT = ByteSet.range('0', '9');
    private static final ByteSet SPACE = ByteSet.of("\t\n\f\r ");
    private static final ByteSet LOWER = ByteSet.range('a', 'z');
    private static final ByteSet UPPER = ByteSet.range('A', 'Z');
    private static final ByteSet LETTER = LOWER.or(UPPER);
    private static final ByteSet GRAPH = ByteSet.range('!', '~');
    private static final ByteSet BEYOND_ASCII = ByteSet.range(0x80, 0xff);

    private static final Map<String, ByteSet> NAMED = Map.ofEntries(
            Map.entry("alnum", LETTER.or(DIGIT)),
            Map.entry("alpha", LETTER),
            Map.entry("ascii", BEYOND_ASCII.not()),
            Map.entry("blank", ByteSet.of("\t ")),
            Map.entry("cntrl", ByteSet.range(0, 31).or(ByteSet.of(127))),
            Map.entry("digit", DIGIT),
            Map.entry("graph", GRAPH),
            Map.entry("lower", LOWER),
            Map.entry("print", ByteSet.range(' ', '~')),
            Map.entry("punct", GRAPH.not().or(LETTER).or(DIGIT).not()),
            Map.entry("space", ByteSet.range('\t', '\r').or(ByteSet.of(' '))),
            Map.entry("upper", UPPER),
            Map.entry("word", ByteNode.WORD),
            Map.entry("xdigit", DIGIT.or(ByteSet.of("abcdefABCDEF"))));

    private final ExpressionText text;
    private final ByteNode.One[] ones = new ByteNode.One[2 * 128];

    CharacterParser(ExpressionText text) {
        this.text = text;
    }

    /** A character, or byte, as it was written. */
    private record Written(int value, boolean isByte) {}

    /** What is collected of a class. */
    private static final class Members {
        CodePoints characters = CodePoints.NONE;
        ByteSet bytes = ByteSet.NONE;
        boolean namesBeyondAscii;

        void add(CodePoints more, boolean naming) {
            characters = characters.or(more);
            namesBeyondAscii |= naming;
        }
    }

    /** What matches the character. */
    ByteNode one(int c, boolean ignoreCase) {
        if (c > CodePoints.LAST_ASCII) {
            requireNoSurrogate(c, text.index());
            CodePoints character = CodePoints.of(c, c);
            return Utf8.of(ignoreCase ? CaseFolding.inBothCases(character) : character);
        }
        int index = 2 * c + (ignoreCase ? 1 : 0);
        if (ones[index] == null) {
            ByteSet set = ByteSet.of(c);
            ones[index] = new ByteNode.One(ignoreCase ? set.inBothCases() : set);
        }
        return ones[index];
    }

    /** Reads an escape that is no assertion. */
    ByteNode escape(boolean ignoreCase) {
        Members members = new Members();
        if (takeClassEscape(members, ignoreCase)) {
            return members.namesBeyondAscii ? Utf8.of(members.characters) : new ByteNode.One(bytes(members.characters));
        }
        Written written = takeEscape();
        return written.isByte ? new ByteNode.One(ByteSet.of(written.value)) : one(written.value, ignoreCase);
    }

    /** Reads a class in brackets. */
    ByteNode bracketClass(boolean ignoreCase) {
        int from = text.index();
        text.take();
        boolean negated = text.takeIf("^");
        Members members = new Members();
        for (boolean first = true; first || !text.isAt("]"); first = false) {
            if (text.isAtEnd()) {
                throw text.invalid("missing closing ]");
            }
            if (!takeNamedClass(members, ignoreCase) && !(text.isAt("\\") && takeClassEscape(members, ignoreCase))) {
                takeRange(members);
            }
        }
        text.take();
        CodePoints characters = ignoreCase ? CaseFolding.inBothCases(members.characters) : members.characters;
        if (members.namesBeyondAscii) {
            if (!members.bytes.equals(ByteSet.NONE)) {
                throw text.refused(
                        "a class of bytes (\\xHH) and of characters outside ASCII; write \\x{HH} for a character,",
                        from);
            }
            return Utf8.of(negated ? characters.not() : characters);
        }
        ByteSet bytes = bytes(characters).or(members.bytes);
        return new ByteNode.One(negated ? bytes.not() : bytes);
    }

    /** A class that names none outside ASCII has all of them, or none. */
    private static ByteSet bytes(CodePoints characters) {
        ByteSet ascii = characters.and(CodePoints.ASCII).bytes();
        return characters.contains(CodePoints.LAST_ASCII + 1) ? ascii.or(BEYOND_ASCII) : ascii;
    }

    private static CodePoints characters(ByteSet ascii, boolean negated) {
        CodePoints characters = CodePoints.of(ascii);
        return negated ? characters.not() : characters;
    }

    private boolean takeNamedClass(Members members, boolean ignoreCase) {
        int from = text.index();
        String name = text.takeIf("[:") ? text.takeUntil(":]") : null;
        if (name == null) {
            text.goTo(from);
            return false;
        }
        boolean negated = name.startsWith("^");
        ByteSet named = NAMED.get(negated ? name.substring(1) : name);
        if (named == null) {
            throw text.invalid("invalid character class range: `[:" + name + ":]`");
        }
        members.add(characters(ignoreCase ? named.inBothCases() : named, negated), false);
        return true;
    }

    /** Takes an escape that stands for a class, if there is one. */
    private boolean takeClassEscape(Members members, boolean ignoreCase) {
        int from = text.index();
        text.take();
        int c = text.isAtEnd() ? 0 : text.take();
        ByteSet set = switch (c) {
            case 'd', 'D' -> DIGIT;
            case 's', 'S' -> SPACE;
            case 'w', 'W' -> ByteNode.WORD;
            default -> null;
        };
        if (set != null) {
            members.add(characters(set, Character.isUpperCase(c)), false);
        } else if (c == 'p' || c == 'P') {
            members.add(unicodeClass(c == 'P', ignoreCase), true);
        } else {
            text.goTo(from);
            return false;
        }
        return true;
    }

    private CodePoints unicodeClass(boolean negatedByLetter, boolean ignoreCase) {
        String written =
                text.takeIf("{") ? text.takeUntil("}") : text.isAtEnd() ? null : Character.toString(text.take());
        if (written == null) {
            throw text.invalid("invalid character class range: \\p");
        }
        boolean negated = negatedByLetter != written.startsWith("^");
        Optional<CodePoints> named = UnicodeClasses.named(written.startsWith("^") ? written.substring(1) : written);
        CodePoints characters =
                named.orElseThrow(() -> text.invalid("invalid character class range: `\\p{" + written + "}`"));
        CodePoints folded = ignoreCase ? CaseFolding.inBothCases(characters) : characters;
        return negated ? folded.not() : folded;
    }

    private void takeRange(Members members) {
        int from = text.index();
        Written first = classCharacter();
        Written last = first;
        if (text.isAt("-") && !text.isAt("-]") && text.takeIf("-")) {
            if (text.isAtEnd()) {
                throw text.invalid("missing closing ]");
            }
            last = classCharacter();
        }
        if (last.value < first.value) {
            throw text.invalid("invalid character class range: `%s-%s`"
                    .formatted(Character.toString(first.value), Character.toString(last.value)));
        }
        if (!first.isByte && !last.isByte) {
            members.add(CodePoints.of(first.value, last.value), last.value > CodePoints.LAST_ASCII);
            return;
        }
        if (!last.isByte || !first.isByte && first.value > CodePoints.LAST_ASCII) {
            throw text.refused("a range from a byte (\\xHH) to a character, or the other way; write \\x{HH},", from);
        }
        members.bytes = members.bytes.or(ByteSet.range(Math.max(first.value, 0x80), last.value));
        if (first.value <= CodePoints.LAST_ASCII) {
            members.add(CodePoints.of(first.value, CodePoints.LAST_ASCII), false);
        }
    }

    private Written classCharacter() {
        if (text.isAt("\\")) {
            return takeEscape();
        }
        int from = text.index();
        int c = text.take();
        requireNoSurrogate(c, from);
        return new Written(c, false);
    }

    private void requireNoSurrogate(int c, int from) {
        if (c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE) {
            throw text.refused("half a surrogate pair, which no text in UTF-8 has,", from);
        }
    }

    /** Reads an escape that stands for one character or byte. */
    private Written takeEscape() {
        int from = text.index();
        text.take();
        if (text.isAtEnd()) {
            throw text.invalid("trailing backslash at end of expression");
        }
        int c = text.take();
        return switch (c) {
            case 'a' -> new Written(7, false);
            case 'f' -> new Written('\f', false);
            case 'n' -> new Written('\n', false);
            case 'r' -> new Written('\r', false);
            case 't' -> new Written('\t', false);
            case 'v' -> new Written(11, false);
            case 'x' -> hexadecimal(from);
            case '0', '1', '2', '3', '4', '5', '6', '7' -> octal(c, from);
            default -> {
                if (c <= CodePoints.LAST_ASCII && Character.isLetterOrDigit(c)) {
                    throw text.invalid("invalid escape sequence: `\\" + (char) c + "`");
                }
                requireNoSurrogate(c, from);
                yield new Written(c, false);
            }
        };
    }

    private Written hexadecimal(int from) {
        boolean braces = text.takeIf("{");
        int value = 0;
        int digits = 0;
        while (!text.isAtEnd() && (braces || digits < 2)) {
            int digit = Character.digit(text.peek(), 16);
            if (digit < 0 || text.peek() > CodePoints.LAST_ASCII || value > Character.MAX_CODE_POINT) {
                break;
            }
            text.take();
            value = 16 * value + digit;
            digits++;
        }
        boolean complete = braces ? digits > 0 && text.takeIf("}") : digits == 2;
        if (!complete || value > Character.MAX_CODE_POINT) {
            throw text.invalid("invalid escape sequence: `\\x`");
        }
        requireNoSurrogate(value, from);
        return new Written(value, !braces && value > CodePoints.LAST_ASCII);
    }

    /** One digit other than 0 would refer to a group. */
    private Written octal(int first, int from) {
        int value = first - '0';
        int digits = 1;
        while (digits < 3 && text.peekOrZero() >= '0' && text.peekOrZero() <= '7') {
            value = 8 * value + text.take() - '0';
            digits++;
        }
        if (digits == 1 && first != '0') {
            text.goTo(from);
            throw text.invalid("invalid escape sequence: `\\" + (char) first + "`; there is no back-reference");
        }
        return new Written(value, value > CodePoints.LAST_ASCII && value <= 0xff);
    }
}
