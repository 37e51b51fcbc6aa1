package io.pickaroon.config.value;

import io.pickaroon.config.problem.Mismatch;
import io.pickaroon.config.problem.Suggestion;
import io.pickaroon.records.TemplateScope;
import io.pickaroon.records.Variable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Puts environment variables into a scalar value: <code>${NAME}</code> or <code>${env:NAME}</code>, both with
 * <code>:default</code> behind the name if wanted, and <code>$${</code> for a plain <code>${</code>. A variable that is set
 * to nothing counts as set. And the content of a file, for secrets: <code>${file:/absolute/path}</code>, without the line
 * end after it. The result is a value and never read as YAML, nor expanded again.
 */
public final class Expansion {
    private static final Pattern REFERENCE =
            Pattern.compile("\\$\\$\\{|\\$\\{(?:(env:)?([A-Za-z_][A-Za-z0-9_]*)(?::([^{}]*))?\\})?");

    private static final String FILE = "file";
    private static final String ENV = "env";
    /** What other programs put before a colon. No variable is called so, as a rule. */
    private static final List<String> PREFIXES_ELSEWHERE = List.of(
            "secret",
            "secrets",
            "vault",
            "sys",
            "base64",
            "cmd",
            "exec",
            "directory",
            "dir",
            "yaml",
            "http",
            "https",
            "kubernetes",
            "k8s",
            "path");
    /** As shells write a default; a negative number may be meant as it stands. */
    private static final Pattern SHELL_DEFAULT = Pattern.compile("[-=?+](?!\\d+$).*", Pattern.DOTALL);

    private static final int LONGEST_FILE_BYTES = 64 * 1024;

    /** Stands for a character that is not shown. */
    static final char UNSHOWN = '\uFFFC';

    private final UnaryOperator<String> environment;
    private final boolean hasEnvironment;

    /** @param environment the value of a variable, null when it is not set */
    public Expansion(UnaryOperator<String> environment) {
        this(environment, true);
    }

    private Expansion(UnaryOperator<String> environment, boolean hasEnvironment) {
        this.environment = environment;
        this.hasEnvironment = hasEnvironment;
    }

    /** For texts that name no variables, in templates either. */
    public static Expansion withoutEnvironment() {
        return new Expansion(_ -> null, false);
    }

    /** How a value is written where it comes to stand, for a text in a language of its own. */
    @FunctionalInterface
    interface Quoting {
        /** Leaves every value as it is. */
        Quoting NONE = (value, _) -> value;

        /**
         * The value as it is written.
         *
         * @param before the raw text before the reference
         */
        String quoted(String value, String before);
    }

    String expand(String raw) throws Mismatch {
        return expand(raw, Quoting.NONE);
    }

    String expand(String raw, Quoting quoting) throws Mismatch {
        if (!raw.contains("${")) {
            return raw;
        }
        Matcher reference = REFERENCE.matcher(raw);
        StringBuilder expanded = new StringBuilder();
        int copied = 0;
        while (reference.find()) {
            expanded.append(raw, copied, reference.start());
            expanded.append(
                    reference.group().startsWith("$$")
                            ? "${"
                            : quoting.quoted(valueOf(reference), raw.substring(0, reference.start())));
            copied = reference.end();
        }
        return expanded.append(raw, copied, raw.length()).toString();
    }

    /** Whether a part of the expanded text is from a variable or a file: whatever their names, it may be a secret. */
    static boolean bringsValue(String raw) {
        return REFERENCE.matcher(raw).results().anyMatch(reference -> reference.group(2) != null);
    }

    /** The files whose contents are parts of the expanded text. */
    static List<Path> filesIn(String raw) {
        return REFERENCE
                .matcher(raw)
                .results()
                .filter(reference -> isFile(reference.group(1), reference.group(2), reference.group(3)))
                .map(reference -> Path.of(reference.group(3)))
                .toList();
    }

    private static boolean isFile(String prefix, String name, String rest) {
        return prefix == null && FILE.equals(name) && rest != null;
    }

    /** The raw text, as long as it is, without what is replaced in it. */
    static String withoutValues(String raw) {
        return REFERENCE.matcher(raw).replaceAll(reference -> {
            int length = reference.group().length();
            return reference.group().startsWith("$$")
                    ? UNSHOWN + "\\${"
                    : String.valueOf(UNSHOWN).repeat(length);
        });
    }

    /** What may be named in templates, beside what is known of their records. */
    TemplateScope scope() {
        TemplateScope scope = TemplateScope.of(environment);
        return hasEnvironment ? scope : scope.without(Variable.ENV);
    }

    private String valueOf(Matcher reference) throws Mismatch {
        String name = reference.group(2);
        String rest = reference.group(3);
        if (name == null) {
            throw new Mismatch("expected ${NAME} or ${NAME:default}, without braces inside; write $${ for a plain ${");
        }
        boolean isPlain = reference.group(1) == null;
        if (isFile(reference.group(1), name, rest)) {
            return contentOf(rest);
        }
        String value = environment.apply(name);
        if (value != null) {
            return value;
        }
        if (rest == null) {
            throw new Mismatch("environment variable '" + name + "' is not set and ${" + name + "} has no default;"
                    + " set it or write ${" + name + ":default}");
        }
        if (isPlain) {
            refusePrefix(name);
        }
        if (SHELL_DEFAULT.matcher(rest).matches()) {
            throw new Mismatch("a default follows the ':' as it is, without '" + rest.charAt(0)
                    + "' as in shells; write ${" + name + ":default}");
        }
        return rest;
    }

    /** A variable that is not set, whose name looks like that of a source of values: its default is hardly meant. */
    private static void refusePrefix(String name) throws Mismatch {
        boolean isVariable = name.equals(name.toUpperCase(Locale.ROOT));
        Optional<String> meant = Optional.of(name.toLowerCase(Locale.ROOT))
                .filter(_ -> !isVariable)
                .flatMap(word -> List.of(FILE, ENV).stream()
                        .filter(known -> Suggestion.distance(word, known) <= 1)
                        .findFirst());
        if (meant.isPresent() || PREFIXES_ELSEWHERE.contains(name)) {
            throw new Mismatch(
                    "there is no variable '" + name + "', and no prefix of that name; expected ${NAME},"
                            + " ${NAME:default}, ${env:NAME} or ${file:/absolute/path}",
                    meant.map(known -> "did you mean '${" + known + ":..}'?"));
        }
    }

    private static String contentOf(String path) throws Mismatch {
        if (!path.startsWith("/")) {
            throw new Mismatch("the path of a file in ${file:..} must be absolute, found " + Mismatch.quoted(path)
                    + "; write ${file:/absolute/path}, or ${env:file:default} for a variable named 'file'");
        }
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
