package io.pickaroon.config.section;

import io.pickaroon.config.gitleaks.GitleaksException;
import io.pickaroon.config.gitleaks.GitleaksRules;
import io.pickaroon.config.gitleaks.UnreadableFileException;
import io.pickaroon.config.problem.Mismatch;
import io.pickaroon.config.problem.Place;
import io.pickaroon.config.problem.Problem;
import io.pickaroon.config.problem.Suggestion;
import io.pickaroon.config.settings.DetectorName;
import io.pickaroon.config.settings.MatchSettings;
import io.pickaroon.config.settings.SecretSettings;
import io.pickaroon.config.value.Choices;
import io.pickaroon.config.value.Fields;
import io.pickaroon.config.value.Key;
import io.pickaroon.config.value.ListType;
import io.pickaroon.config.value.Reading;
import io.pickaroon.config.value.ScalarType;
import io.pickaroon.config.value.Section;
import io.pickaroon.config.value.Texts;
import io.pickaroon.config.value.WordOr;
import io.pickaroon.config.yaml.Located;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Reads {@code detect}: names of detectors, and files with rules for secrets. */
final class DetectSection {
    private static final ScalarType<String> RULE = new ScalarType<>("the id of a rule", text -> text);
    private static final Key<Path> GITLEAKS = Key.required("gitleaks", Texts.PATH);
    private static final Key<List<Located<String>>> RULES =
            Key.optional("rules", new ListType<>("rule's id", RULE, 1, true));
    private static final Key<List<Located<String>>> EXCEPT =
            Key.optional("except", new ListType<>("rule's id", RULE, 1, true));
    private static final Section FILE =
            new Section("an item of 'detect'", List.of(GITLEAKS, RULES, EXCEPT), DetectSection::check);

    /** What is asked for something: a detector, or the rules of a file. */
    sealed interface Detected {}

    record Named(DetectorName name) implements Detected {}

    record OfFile(MatchSettings.SecretFile file) implements Detected {}

    static final ListType<Detected> TYPE = new ListType<>(
            "detector",
            new WordOr<>(
                    names(),
                    "'gitleaks: FILE'",
                    Optional.of(FILE),
                    (node, reading) -> FILE.read(node, reading)
                            .flatMap(fields -> rules(fields, reading))
                            .map(OfFile::new)),
            1,
            true);

    private DetectSection() {}

    private static Choices<Detected> names() {
        Map<String, Detected> byName = new LinkedHashMap<>();
        for (DetectorName name : DetectorName.values()) {
            byName.put(Choices.word(name), new Named(name));
        }
        return new Choices<>(byName);
    }

    static MatchSettings.Detect build(List<Located<Detected>> detected) {
        List<DetectorName> detectors = new ArrayList<>();
        List<MatchSettings.SecretFile> files = new ArrayList<>();
        for (Located<Detected> each : detected) {
            if (each.value() instanceof Named(DetectorName name)) {
                detectors.add(name);
            } else if (each.value() instanceof OfFile(MatchSettings.SecretFile file)) {
                files.add(file);
            }
        }
        return new MatchSettings.Detect(detectors, files);
    }

    /** The detectors among them that find something over several lines. */
    static Stream<Located<DetectorName>> ofSeveralLines(List<Located<Detected>> detected) {
        return detected.stream()
                .filter(each -> each.value() instanceof Named(DetectorName name) && name.needsSeveralLines())
                .map(each -> new Located<>(((Named) each.value()).name(), each.place()));
    }

    private static void check(Fields fields, Place place, Reading reading) {
        if (fields.mentions(RULES) && fields.mentions(EXCEPT)) {
            reading.report(
                    fields.placeOf(EXCEPT),
                    "'except' has no meaning beside 'rules', which names all that are used",
                    Optional.of("remove one of them"));
        }
    }

    private static Optional<MatchSettings.SecretFile> rules(Fields fields, Reading reading) {
        Optional<Located<Path>> file = fields.find(GITLEAKS);
        if (file.isEmpty()) {
            return Optional.empty();
        }
        Path path = reading.problems().beside(file.get().value());
        try {
            GitleaksRules rules = GitleaksRules.read(path, reading.regexCheck());
            List<SecretSettings> used = used(rules, path, fields, reading);
            if (used.isEmpty() && reading.problems().isEmpty()) {
                reading.report(fields.placeOf(GITLEAKS), "no rule of " + path + " is left");
            }
            warn(rules, used, path, fields, reading);
            return Optional.of(new MatchSettings.SecretFile(path, used));
        } catch (UnreadableFileException e) {
            reading.report(
                    file.get().place(), "cannot read " + Mismatch.quoted(path.toString()) + ": " + e.getMessage());
        } catch (GitleaksException e) {
            e.problems().forEach(reading.problems()::add);
        }
        return Optional.empty();
    }

    private static List<SecretSettings> used(GitleaksRules rules, Path path, Fields fields, Reading reading) {
        List<String> only = ids(fields, RULES);
        List<String> except = ids(fields, EXCEPT);
        List<String> known = Stream.concat(
                        rules.usable().stream().map(SecretSettings::id), rules.unused().keySet().stream())
                .toList();
        Stream.of(RULES, EXCEPT)
                .flatMap(key -> fields.find(key).map(Located::value).orElse(List.of()).stream())
                .filter(id -> !known.contains(id.value()))
                .forEach(id -> reading.report(
                        id.place(),
                        "there is no rule " + Mismatch.quoted(id.value()) + " in " + path,
                        Suggestion.didYouMean(id.value(), known)));
        fields.find(RULES).map(Located::value).orElse(List.of()).stream()
                .filter(id -> rules.unused().containsKey(id.value()))
                .forEach(id -> reading.report(
                        id.place(), rules.unused().get(id.value()).renderInOneLine()));
        return rules.usable().stream()
                .filter(rule -> only.isEmpty() ? !except.contains(rule.id()) : only.contains(rule.id()))
                .toList();
    }

    private static void warn(
            GitleaksRules rules, List<SecretSettings> used, Path path, Fields fields, Reading reading) {
        List<String> except = ids(fields, EXCEPT);
        if (!fields.mentions(RULES)) {
            rules.unused().forEach((id, problem) -> {
                if (!except.contains(id)) {
                    reading.problems().warn(problem);
                }
            });
        }
        String ofPaths = used.stream()
                .map(SecretSettings::id)
                .filter(rules.ofPaths()::contains)
                .collect(Collectors.joining(", "));
        if (!ofPaths.isEmpty()) {
            reading.problems()
                    .warn(Problem.ofFile(
                            path,
                            "these rules ask for the path of a file, too, and are used for every file: " + ofPaths));
        }
        rules.warnings().forEach(reading.problems()::warn);
    }

    private static List<String> ids(Fields fields, Key<List<Located<String>>> key) {
        return fields.find(key).map(Located::value).map(Located::values).orElse(List.of());
    }
}
