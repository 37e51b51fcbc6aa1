package io.pickaroon.app.check;

import io.pickaroon.app.terminal.Quantities;
import io.pickaroon.config.settings.FixSettings;
import io.pickaroon.config.settings.MatchSettings;
import io.pickaroon.config.settings.RuleSettings;
import io.pickaroon.config.value.Choices;
import io.pickaroon.inputs.decode.DecodedFormats;
import io.pickaroon.inputs.discovery.InputFiles;
import io.pickaroon.processor.directio.ByteText;
import io.pickaroon.processor.directio.NativePath;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What a rule changes in files, in words: what becomes of what, when, and in which files of now. */
final class ChangesInPlace {
    private static final int MOST_FILES = 10;

    private ChangesInPlace() {}

    /**
     * Some lines, with line ends; none if the rule changes nothing.
     *
     * @param refused files that a run leaves out
     */
    static String of(RuleSettings rule, InputFiles files, Set<Path> refused) {
        return rule.fix()
                .filter(_ -> rule.changesFiles())
                .map(fix -> of(rule, fix, files, refused))
                .orElse("");
    }

    private static String of(RuleSettings rule, FixSettings fix, InputFiles files, Set<Path> refused) {
        StringBuilder text = new StringBuilder("rule %s changes files in place, %s: %s%s%n"
                .formatted(
                        rule.id(),
                        fix.when() == FixSettings.When.ROTATED ? "once they are rotated" : "at once",
                        rule.isWrittenOut()
                                ? matched(rule.match(), fix) + " " + change(fix.change())
                                : "what it matches, which is not shown because it is not in this file",
                        fix.protectHeadBytes() == 0
                                ? ""
                                : "; not in the first %s of a file"
                                        .formatted(Quantities.bytes(fix.protectHeadBytes()))));
        for (String input : rule.inputs()) {
            Map<Boolean, List<Path>> byArchive = files.of(input).stream()
                    .filter(file -> !refused.contains(file))
                    .collect(Collectors.partitioningBy(file -> DecodedFormats.isNameOfArchive(NativePath.text(file))));
            List<Path> changed = byArchive.get(false);
            int archives = byArchive.get(true).size();
            if (changed.isEmpty()) {
                text.append("  input %s: no file now%n".formatted(input));
            }
            changed.stream()
                    .limit(MOST_FILES)
                    .forEach(file -> text.append("  input %s: %s%n".formatted(input, NativePath.printable(file))));
            if (changed.size() > MOST_FILES) {
                text.append("  input %s: and %s more files%n"
                        .formatted(input, Quantities.count(changed.size() - MOST_FILES)));
            }
            if (archives > 0) {
                text.append("  input %s: not %s; archives are never changed%n"
                        .formatted(
                                input,
                                archives == 1 ? "its archive" : "its " + Quantities.count(archives) + " archives"));
            }
        }
        return text.toString();
    }

    private static String matched(MatchSettings match, FixSettings fix) {
        List<MatchSettings> patterns = match.positive();
        if (fix.change() instanceof FixSettings.DetectorMask) {
            return patterns.stream()
                    .filter(MatchSettings.Detect.class::isInstance)
                    .map(pattern -> detected((MatchSettings.Detect) pattern))
                    .collect(Collectors.joining(", and "));
        }
        if (patterns.size() > 1) {
            return "group " + fix.group().orElseThrow();
        }
        return switch (patterns.getFirst()) {
            case MatchSettings.Literal literal -> inCase(quoted(literal.text()), literal.ignoreCase());
            case MatchSettings.AnyOf anyOf ->
                inCase(
                        anyOf.texts().stream().map(ChangesInPlace::quoted).collect(Collectors.joining(" or ")),
                        anyOf.ignoreCase());
            case MatchSettings.Detect detect -> detected(detect);
            case MatchSettings.Regex regex ->
                inCase(
                        fix.group().map(group -> "group " + group + " of ").orElse("what matches ")
                                + quoted(regex.expression()),
                        regex.ignoreCase());
            default -> throw new IllegalStateException("not a pattern: " + patterns.getFirst());
        };
    }

    private static String detected(MatchSettings.Detect detect) {
        Stream<String> names = detect.detectors().stream().map(Choices::word);
        Stream<String> files = detect.secrets().stream().map(ChangesInPlace::rulesOf);
        return "what " + Stream.concat(names, files).collect(Collectors.joining(", ")) + " finds";
    }

    private static String rulesOf(MatchSettings.SecretFile secrets) {
        return (secrets.rules().size() == 1
                        ? "1 rule"
                        : Quantities.count(secrets.rules().size()) + " rules") + " of "
                + NativePath.printable(secrets.file());
    }

    private static String inCase(String what, boolean ignoreCase) {
        return ignoreCase ? what + " in any case" : what;
    }

    private static String change(FixSettings.Change change) {
        return switch (change) {
            case FixSettings.Replace(String text) -> "becomes " + quoted(text);
            case FixSettings.DetectorMask(char character) ->
                "is masked with " + quoted(Character.toString(character)) + ", except what each leaves readable";
            case FixSettings.Mask(char character, int keepFirst, int keepLast) -> {
                String kept = Stream.of(kept(keepFirst, "first"), kept(keepLast, "last"))
                        .filter(words -> !words.isEmpty())
                        .collect(Collectors.joining(" and "));
                yield "is masked with " + quoted(Character.toString(character))
                        + (kept.isEmpty() ? "" : ", except its " + kept);
            }
        };
    }

    private static String kept(int characters, String which) {
        return switch (characters) {
            case 0 -> "";
            case 1 -> which + " character";
            default -> which + " " + characters + " characters";
        };
    }

    private static String quoted(String text) {
        return "'" + ByteText.printable(text) + "'";
    }
}
