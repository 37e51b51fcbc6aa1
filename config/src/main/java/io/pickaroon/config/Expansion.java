package io.pickaroon.config;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Puts environment variables into a scalar value: <code>${NAME}</code>, <code>${NAME:default}</code>, and
 * <code>$${</code> for a plain <code>${</code>. A variable that is set to nothing counts as set. And the content of a file,
 * for secrets: <code>${file:/absolute/path}</code>, without the line end after it. The result is a value and never read as
 * YAML, nor expanded again.
 */
final class Expansion {
    private static final Pattern REFERENCE =
            Pattern.compile("\\$\\$\\{|\\$\\{(?:([A-Za-z_][A-Za-z0-9_]*)(?::([^{}]*))?\\})?");

    private static final String FILE = "file";
    private static final int LONGEST_FILE_BYTES = 64 * 1024;

    private final UnaryOperator<String> environment;

    /** @param environment the value of a variable, null when it is not set */
    Expansion(UnaryOperator<String> environment) {
        this.environment = environment;
    }

    String expand(String raw) throws Mismatch {
        if (!raw.contains("${")) {
            return raw;
        }
        Matcher reference = REFERENCE.matcher(raw);
        StringBuilder expanded = new StringBuilder();
        int copied = 0;
        while (reference.find()) {
            expanded.append(raw, copied, reference.start()).append(replacement(reference));
            copied = reference.end();
        }
        return expanded.append(raw, copied, raw.length()).toString();
    }

    private String replacement(Matcher reference) throws Mismatch {
        if (reference.group().startsWith("$$")) {
            return "${";
        }
        String name = reference.group(1);
        if (name == null) {
            throw new Mismatch("expected ${NAME} or ${NAME:default}, without braces inside; write $${ for a plain ${");
        }
        if (name.equals(FILE)
                && reference.group(2) != null
                && reference.group(2).startsWith("/")) {
            return contentOf(reference.group(2));
        }
        String value = environment.apply(name);
        if (value != null) {
            return value;
        }
        if (reference.group(2) == null) {
            throw new Mismatch("environment variable '" + name + "' is not set and ${" + name + "} has no default;"
                    + " set it or write ${" + name + ":default}");
        }
        return reference.group(2);
    }

    private static String contentOf(String path) throws Mismatch {
        try (InputStream file = Files.newInputStream(Path.of(path))) {
            byte[] bytes = file.readNBytes(LONGEST_FILE_BYTES + 1);
            if (bytes.length > LONGEST_FILE_BYTES) {
                throw new Mismatch(path + " is longer than 64 KiB; a value is not");
            }
            String content = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
            return content.replaceFirst("\\r?\\n\\z", "");
        } catch (CharacterCodingException e) {
            throw new Mismatch(path + " is not UTF-8");
        } catch (NoSuchFileException e) {
            throw new Mismatch("there is no file " + path);
        } catch (IOException | InvalidPathException e) {
            throw new Mismatch(path + " cannot be read by this user");
        }
    }
}
