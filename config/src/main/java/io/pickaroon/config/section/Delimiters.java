package io.pickaroon.config.section;

import io.pickaroon.config.problem.Mismatch;
import io.pickaroon.config.problem.Suggestion;
import io.pickaroon.config.settings.RecordSettings;
import io.pickaroon.config.settings.RecordSettings.Delimiter;
import io.pickaroon.config.settings.RecordSettings.LineBreak;
import io.pickaroon.config.value.ScalarType;
import io.pickaroon.config.value.Texts;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** Reads what ends a line: one of the usual line breaks by its name, or a text. */
final class Delimiters {
    static final ScalarType<Delimiter> TYPE = new ScalarType<>("what ends a line", Delimiters::parse);

    private static final Map<String, Delimiter> BY_NAME =
            Map.of("auto", LineBreak.AUTO, "lf", LineBreak.LF, "crlf", LineBreak.CRLF);
    private static final List<String> NAMES = List.of("auto", "lf", "crlf");
    private static final int MAX_BYTES = 16;
    /** Rather a name that was mistyped. */
    private static final Pattern WORD = Pattern.compile("[A-Za-z]{2,}");

    private Delimiters() {}

    private static Delimiter parse(String text) throws Mismatch {
        if (BY_NAME.containsKey(text)) {
            return BY_NAME.get(text);
        }
        if (text.isEmpty()
                || Texts.utf8Length(text) > MAX_BYTES
                || WORD.matcher(text).matches()) {
            throw new Mismatch(
                    "expected one of 'auto', 'lf', 'crlf', or a text of 1 to " + MAX_BYTES
                            + " bytes that is no word, found " + Mismatch.quoted(text),
                    Suggestion.didYouMean(text, NAMES));
        }
        if (beginsAsItEnds(text.getBytes(StandardCharsets.UTF_8))) {
            throw new Mismatch(
                    "the end of " + Mismatch.quoted(text) + " is its beginning, too: where several follow each"
                            + " other, it is unclear which bytes are one");
        }
        return new RecordSettings.Text(text);
    }

    private static boolean beginsAsItEnds(byte[] bytes) {
        for (int length = 1; length < bytes.length; length++) {
            if (Arrays.equals(bytes, 0, length, bytes, bytes.length - length, bytes.length)) {
                return true;
            }
        }
        return false;
    }
}
