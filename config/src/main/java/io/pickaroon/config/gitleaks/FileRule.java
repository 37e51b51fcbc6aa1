package io.pickaroon.config.gitleaks;

import io.pickaroon.config.check.RegexCheck;
import io.pickaroon.config.problem.Place;
import io.pickaroon.config.problem.Problem;
import io.pickaroon.config.settings.SecretSettings;
import io.pickaroon.config.settings.SecretSettings.Allowed;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * A rule as it stands in a file; what it lacks another file may have, see {@link #over}.
 *
 * @param helps what it does instead of finding secrets by itself; empty if it does that
 */
record FileRule(String id, TomlFile file, Place place, Finds finds, List<Allowed> allowed, Optional<String> helps) {
    private static final String REQUIRED = "required";
    private static final String SKIP_REPORT = "skipReport";
    private static final Set<String> KEYS = Set.of(
            "id",
            "regex",
            "path",
            "secretGroup",
            "entropy",
            "keywords",
            "allowlist",
            "allowlists",
            REQUIRED,
            SKIP_REPORT);
    private static final Set<String> OF_NO_ACCOUNT = Set.of("description", "tags");

    /**
     * What it finds.
     *
     * @param regex empty if there is none
     */
    record Finds(String regex, boolean hasPath, int group, double entropy, List<String> keywords) {
        /** As gitleaks has it: what is given takes the place of what the other one gives, but keywords are added. */
        Finds over(Finds base) {
            return new Finds(
                    regex.isEmpty() ? base.regex : regex,
                    hasPath || base.hasPath,
                    group == 0 ? base.group : group,
                    entropy == 0 ? base.entropy : entropy,
                    added(base.keywords, keywords));
        }
    }

    static FileRule read(TomlSection rule, Allowlists allowlists) {
        rule.warnOfOthers(KEYS, OF_NO_ACCOUNT);
        Optional<String> given = rule.text("id");
        String id = given.orElse("");
        if (id.isBlank() && given.isPresent() == rule.has("id")) {
            rule.file().report(rule.place(), "a rule needs an 'id'");
        }
        List<Allowed> allowed = new ArrayList<>();
        Allowlists.in(rule).forEach(list -> allowlists.read(list).ifPresent(allowed::add));
        return new FileRule(
                id,
                rule.file(),
                rule.place(),
                new Finds(
                        rule.text("regex").orElse(""),
                        !rule.text("path").orElse("").isEmpty(),
                        rule.count("secretGroup"),
                        rule.number("entropy"),
                        rule.texts("keywords")),
                allowed,
                helps(rule));
    }

    private static Optional<String> helps(TomlSection rule) {
        if (!rule.sections(REQUIRED).isEmpty()) {
            return Optional.of("it asks for what other rules find near it ('required')");
        }
        return rule.isTrue(SKIP_REPORT) ? Optional.of("it only helps other rules ('skipReport')") : Optional.empty();
    }

    /** This rule, with what a file that is extended has of it. */
    FileRule over(FileRule base) {
        return new FileRule(
                id, file, place, finds.over(base.finds), added(base.allowed, allowed), helps.or(() -> base.helps));
    }

    FileRule withAllowed(List<Allowed> more) {
        return new FileRule(id, file, place, finds, added(allowed, more), helps);
    }

    /** Why no secrets can be found by it; empty if they can. */
    Optional<String> refusal(RegexCheck check) {
        if (finds.regex.isEmpty()) {
            return Optional.of(
                    finds.hasPath
                            ? "it asks for the path of a file alone, and finds nothing in a record"
                            : "it has no 'regex'");
        }
        return helps.or(() -> check.problemWith(finds.regex)
                        .map(problem -> "its 'regex' is no regular expression in RE2 syntax: " + problem))
                .or(() -> check.problemWithGroup(finds.regex, finds.group));
    }

    SecretSettings settings() {
        return new SecretSettings(id, finds.regex, finds.group, finds.entropy, finds.keywords, allowed);
    }

    /** Something about the rule, at its place. */
    Problem problem(String message) {
        return file.problem(place, message, Optional.empty());
    }

    private static <T> List<T> added(List<T> first, List<T> second) {
        return Stream.concat(first.stream(), second.stream()).toList();
    }
}
