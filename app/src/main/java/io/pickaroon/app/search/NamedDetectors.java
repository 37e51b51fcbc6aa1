package io.pickaroon.app.search;

import io.pickaroon.app.error.MistakesInFile;
import io.pickaroon.app.error.UserError;
import io.pickaroon.config.gitleaks.GitleaksException;
import io.pickaroon.config.gitleaks.GitleaksRules;
import io.pickaroon.config.gitleaks.UnreadableFileException;
import io.pickaroon.config.problem.Problem;
import io.pickaroon.inputs.rules.EngineRegexCheck;
import io.pickaroon.inputs.rules.EngineSecrets;
import io.pickaroon.processor.detect.Detector;
import io.pickaroon.processor.directio.NativePath;
import io.pickaroon.processor.rule.Pattern;
import io.pickaroon.processor.secret.SecretRule;
import io.pickaroon.records.Spelling;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** Detectors that are named on the command line, and files with rules for secrets. */
public final class NamedDetectors {
    private static final String FILE = "gitleaks:";

    private NamedDetectors() {}

    /**
     * What finds it.
     *
     * @param names a name, or several with commas between, or {@code gitleaks:} and a file
     * @param warned is told what of a file is not used
     * @throws IllegalArgumentException if there is no such detector
     * @throws UserError if a file cannot be used
     */
    public static Pattern.Detect of(List<String> names, Consumer<String> warned) {
        List<Detector> detectors = new ArrayList<>();
        List<SecretRule> secrets = new ArrayList<>();
        for (String name : names) {
            if (name.startsWith(FILE)) {
                secrets.addAll(rules(Path.of(name.substring(FILE.length())), warned));
            } else {
                Stream.of(name.split(",", -1)).map(NamedDetectors::detector).forEach(detectors::add);
            }
        }
        return new Pattern.Detect(detectors, secrets);
    }

    private static Detector detector(String name) {
        return Detector.named(name).orElseThrow(() -> {
            List<String> known =
                    Stream.of(Detector.values()).map(Detector::word).toList();
            return new IllegalArgumentException("there is no detector '%s'; %s"
                    .formatted(
                            name,
                            Spelling.nearest(name, known)
                                    .map(meant -> "did you mean '" + meant + "'?")
                                    .orElse("there are " + String.join(", ", known) + ", and gitleaks:FILE")));
        });
    }

    private static List<SecretRule> rules(Path file, Consumer<String> warned) {
        try {
            GitleaksRules rules = GitleaksRules.read(file, new EngineRegexCheck());
            Stream.concat(rules.unused().values().stream(), rules.warnings().stream())
                    .map(Problem::renderInOneLine)
                    .forEach(warned);
            return EngineSecrets.of(rules.usable());
        } catch (GitleaksException e) {
            throw new MistakesInFile(e.getMessage(), e);
        } catch (UnreadableFileException e) {
            throw new UserError(NativePath.printable(file) + ": " + e.getMessage(), e);
        }
    }
}
