package io.pickaroon.config.yaml;

import io.pickaroon.config.problem.Place;
import io.pickaroon.config.problem.Problem;
import io.pickaroon.config.problem.Secrets;
import io.pickaroon.config.problem.SettingsException;
import io.pickaroon.config.problem.SourceExcerpt;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.snakeyaml.engine.v2.scanner.StreamReader;

/**
 * The text of a settings file and its lines. What cannot be YAML text is refused here, with its position.
 *
 * @param text without a byte order mark
 * @param shownLines the lines as a message may show them, without secrets
 */
public record SourceText(Path file, String text, List<String> lines, List<String> shownLines) {
    static final int MAX_BYTES = 1 << 20;

    private static final char BYTE_ORDER_MARK = '\uFEFF';

    /** Reads a UTF-8 file of at most {@link #MAX_BYTES}. */
    public static SourceText read(Path file) throws SettingsException {
        byte[] bytes = bytesOf(file);
        CharBuffer chars = CharBuffer.allocate(bytes.length + 1);
        ByteBuffer input = ByteBuffer.wrap(bytes);
        CoderResult result = StandardCharsets.UTF_8.newDecoder().decode(input, chars, true);
        SourceText source = of(file, chars.flip().toString());
        if (result.isError()) {
            throw source.refused(source.text.length(), notUtf8(bytes, input.position()));
        }
        source.requirePrintable();
        if (source.text.isBlank()) {
            throw source.refused(0, "the file is empty; expected settings with 'inputs', 'rules' and 'output'");
        }
        return source;
    }

    public static SourceText of(Path file, String text) {
        String withoutMark = !text.isEmpty() && text.charAt(0) == BYTE_ORDER_MARK ? text.substring(1) : text;
        List<String> lines = List.of(withoutMark.split("\r\n|\r|\n", -1));
        return new SourceText(file, withoutMark, lines, Secrets.concealedIn(lines));
    }

    /** A problem at a place, which is moved into the text should it lie past the end of its line or of the file. */
    public Problem problem(Place place, String message, Optional<String> suggestion) {
        int line = Math.clamp(place.line(), 1, lines.size());
        String lineText = lines.get(line - 1);
        int lineLength = lineText.codePointCount(0, lineText.length());
        int column = line < place.line() ? lineLength + 1 : Math.clamp(place.column(), 1, lineLength + 1);
        return new Problem(
                file,
                line,
                column,
                withoutControls(message),
                suggestion.map(SourceText::withoutControls),
                Optional.of(SourceExcerpt.concealed(lineText, shownLines.get(line - 1), column)));
    }

    private static byte[] bytesOf(Path file) throws SettingsException {
        String reason;
        try (InputStream in = Files.newInputStream(file)) {
            byte[] bytes = in.readNBytes(MAX_BYTES + 1);
            if (bytes.length <= MAX_BYTES) {
                return bytes;
            }
            reason = "the file is larger than " + (MAX_BYTES >> 20) + " MiB; is it a settings file?";
        } catch (NoSuchFileException _) {
            reason = "there is no such file";
        } catch (AccessDeniedException _) {
            reason = "no permission to read the file";
        } catch (IOException e) {
            reason = Files.isDirectory(file)
                    ? "this is a directory; expected a settings file"
                    : "cannot read the file: " + e.getMessage();
        }
        throw new SettingsException(List.of(Problem.ofFile(file, reason)));
    }

    private static String notUtf8(byte[] bytes, int offset) {
        int first = bytes[0] & 0xFF;
        int second = bytes.length > 1 ? bytes[1] & 0xFF : 0;
        if (first == 0xFE && second == 0xFF || first == 0xFF && second == 0xFE) {
            return "the file is written in UTF-16; save it as UTF-8";
        }
        if (hasZero(bytes)) {
            return "this is a binary file, expected YAML text";
        }
        return String.format("byte 0x%02X is not UTF-8 text; save the file as UTF-8", bytes[offset]);
    }

    private static boolean hasZero(byte[] bytes) {
        for (byte b : bytes) {
            if (b == 0) {
                return true;
            }
        }
        return false;
    }

    private void requirePrintable() throws SettingsException {
        for (int i = 0; i < text.length(); i += Character.charCount(text.codePointAt(i))) {
            int codePoint = text.codePointAt(i);
            if (codePoint == 0) {
                throw refused(i, "a zero byte: this is a binary file, expected YAML text");
            }
            if (!StreamReader.isPrintable(codePoint)) {
                throw refused(i, String.format("control character U+%04X cannot stand in YAML text", codePoint));
            }
        }
    }

    private SettingsException refused(int index, String message) {
        List<String> before = of(file, text.substring(0, index)).lines();
        String line = before.getLast();
        Place place = new Place(before.size(), line.codePointCount(0, line.length()) + 1);
        return new SettingsException(List.of(problem(place, message, Optional.empty())));
    }

    /** The text with something visible for each control character, so that it is one line. */
    public static String withoutControls(String text) {
        return text.codePoints()
                .map(codePoint -> Character.isISOControl(codePoint) ? '\uFFFD' : codePoint)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }
}
