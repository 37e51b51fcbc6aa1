package io.pickaroon.app.scan;

import static io.pickaroon.app.command.CommandModel.names;

import io.pickaroon.app.command.CommandModel;
import io.pickaroon.app.search.NamedDetectors;
import io.pickaroon.app.search.NamedFile;
import io.pickaroon.app.search.PatternOptions;
import io.pickaroon.app.search.Wanted;
import io.pickaroon.processor.directio.ByteText;
import io.pickaroon.processor.rule.Pattern;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** Options that say what is searched for. */
final class ScanPatterns {
    /** Matches no record. */
    private static final String NOTHING = "$.";

    private final CommandModel command;
    private final PatternOptions options;
    private final Supplier<List<Path>> expressionFiles;
    private final Supplier<List<Path>> literalFiles;
    private final Supplier<List<String>> detectors;
    private final Supplier<Boolean> words;
    private final Supplier<Boolean> wholeRecords;

    ScanPatterns(CommandModel command) {
        this.command = command;
        options = new PatternOptions(command);
        expressionFiles = command.list(
                Path.class,
                names("-f", "--file")
                        .paramLabel("FILE")
                        .description(
                                "Look for the regular expressions in this file, one a line. - is standard input."));
        literalFiles = command.list(
                Path.class,
                names("--literal-file").paramLabel("FILE").description("Look for the texts in this file, one a line."));
        detectors = command.list(
                String.class,
                names("--detect")
                        .paramLabel("NAME")
                        .description(
                                "Look for what this detector knows: card, email, password and others, see the guide;"
                                        + " or gitleaks:FILE, for the rules of a file. Several may be given. Not with"
                                        + " other patterns."));
        words = command.flag("Match whole words only: letters, digits and _.", "-w", "--word-regexp");
        wholeRecords = command.flag("Match whole records only.", "-x", "--line-regexp");
    }

    /**
     * What is searched for.
     *
     * @param warned is told what was asked for and is not done
     * @throws IllegalArgumentException if something cannot be searched for; the message says why
     */
    Searched searched(Consumer<String> warned) {
        Wanted given = options.given();
        List<String> expressions = lines(given.expressions());
        List<String> literals = lines(given.literals());
        expressionFiles.get().forEach(file -> expressions.addAll(linesOf(file)));
        literalFiles.get().forEach(file -> literals.addAll(linesOf(file)));
        boolean hasFiles =
                !expressionFiles.get().isEmpty() || !literalFiles.get().isEmpty();
        if (!detectors.get().isEmpty()) {
            if (hasFiles || isWrapped() || !expressions.isEmpty() || !literals.isEmpty()) {
                throw command.mistake("--detect goes with no other pattern, and not with -w and -x");
            }
            return detected(warned);
        }
        if (expressions.isEmpty() && literals.isEmpty()) {
            if (!hasFiles) {
                throw command.mistake("say what to look for with -e PATTERN or -F TEXT");
            }
            return new Searched(List.of(new Pattern.Regex(NOTHING, false)), List.of(""));
        }
        boolean anyCase = given.ignoreCase();
        List<Pattern> patterns = new ArrayList<>();
        expressions.forEach(expression -> patterns.add(expression(expression, anyCase)));
        literals.forEach(literal -> patterns.add(literal(literal, anyCase)));
        List<String> texts = new ArrayList<>(expressions);
        texts.addAll(literals);
        return new Searched(patterns, texts);
    }

    private Searched detected(Consumer<String> warned) {
        return new Searched(
                List.of(NamedDetectors.of(detectors.get(), warned)), List.of(String.join(",", detectors.get())));
    }

    /** A line feed separates expressions, as in grep. */
    private static List<String> lines(List<String> texts) {
        List<String> lines = new ArrayList<>();
        texts.forEach(text -> lines.addAll(List.of(text.split("\n", -1))));
        return lines;
    }

    private static List<String> linesOf(Path file) {
        String text = ByteText.decode(bytes(file));
        if (text.isEmpty()) {
            return List.of();
        }
        String whole = text.endsWith("\n") ? text.substring(0, text.length() - 1) : text;
        return List.of(whole.split("\r?\n", -1));
    }

    private static byte[] bytes(Path file) {
        try {
            return StandardInput.isMeantBy(file) ? System.in.readAllBytes() : Files.readAllBytes(file);
        } catch (IOException e) {
            throw NamedFile.unreadable(file, e);
        }
    }

    private Pattern expression(String expression, boolean anyCase) {
        Pattern alone = Wanted.ofExpression(expression, anyCase);
        return isWrapped() ? Wanted.ofExpression(wrapped(closed(expression)), anyCase) : alone;
    }

    private Pattern literal(String literal, boolean anyCase) {
        if (literal.isEmpty()) {
            return expression("", anyCase);
        }
        return isWrapped()
                ? Wanted.ofExpression(wrapped(Wanted.quoted(literal)), anyCase)
                : Wanted.ofLiteral(literal, anyCase);
    }

    private boolean isWrapped() {
        return words.get() || wholeRecords.get();
    }

    /** Without a quotation that reaches to the end. */
    private static String closed(String expression) {
        return expression.lastIndexOf("\\Q") > expression.lastIndexOf("\\E") ? expression + "\\E" : expression;
    }

    private String wrapped(String expression) {
        return wholeRecords.get() ? "^(?:" + expression + ")$" : "\\b{start-half}(?:" + expression + ")\\b{end-half}";
    }
}
