package io.pickaroon.config.gitleaks;

import io.pickaroon.config.check.RegexCheck;
import io.pickaroon.config.problem.Mismatch;
import io.pickaroon.config.problem.Suggestion;
import io.pickaroon.config.settings.SecretSettings.Allowed;
import io.pickaroon.config.settings.SecretSettings.Target;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * Reads allowlists. What they say of commits and of paths is not known of a record, so it holds for none: an allowlist that needs it allows
 * nothing, and of one that does not the rest counts.
 */
final class Allowlists {
    static final String PLURAL = "allowlists";
    static final String SINGULAR = "allowlist";
    static final String TARGET_RULES = "targetRules";

    private static final String CONDITION = "condition";
    private static final String COMMITS = "commits";
    private static final String PATHS = "paths";
    private static final String REGEX_TARGET = "regexTarget";
    private static final String REGEXES = "regexes";
    private static final String STOPWORDS = "stopwords";
    private static final Set<String> KEYS =
            Set.of(CONDITION, COMMITS, PATHS, REGEX_TARGET, REGEXES, STOPWORDS, TARGET_RULES);
    private static final Set<String> OF_NO_ACCOUNT = Set.of("description");

    private final RegexCheck check;

    Allowlists(RegexCheck check) {
        this.check = check;
    }

    /** The allowlists of a rule or of a file: several, or a single one as they were written formerly. */
    static List<TomlSection> in(TomlSection section) {
        List<TomlSection> lists = new ArrayList<>(section.sections(PLURAL));
        if (section.has(SINGULAR)) {
            if (section.has(PLURAL)) {
                section.file()
                        .report(
                                section.placeOf(SINGULAR),
                                "'allowlist' cannot stand beside 'allowlists'; write it as one of them");
            }
            section.section(SINGULAR).ifPresent(lists::add);
        }
        return lists;
    }

    /** What an allowlist allows; empty if that is nothing here. */
    Optional<Allowed> read(TomlSection list) {
        list.warnOfOthers(KEYS, OF_NO_ACCOUNT);
        boolean needsAll = needsAll(list);
        Target target = target(list);
        boolean hasUnknowable =
                !list.texts(COMMITS).isEmpty() || !list.texts(PATHS).isEmpty();
        List<String> regexes = list.texts(REGEXES);
        List<String> stopwords = list.texts(STOPWORDS);
        if (!hasUnknowable && regexes.isEmpty() && stopwords.isEmpty()) {
            list.file()
                    .report(
                            list.place(),
                            "expected at least one of 'regexes', 'stopwords', 'paths' and 'commits' in " + list.name());
            return Optional.empty();
        }
        List<String> usable = usable(list, regexes);
        boolean lacksOne = needsAll && (hasUnknowable || usable.isEmpty() && !regexes.isEmpty());
        return lacksOne || usable.isEmpty() && stopwords.isEmpty()
                ? Optional.empty()
                : Optional.of(new Allowed(target, usable, stopwords, needsAll));
    }

    private List<String> usable(TomlSection list, List<String> regexes) {
        List<String> usable = new ArrayList<>();
        for (int i = 0; i < regexes.size(); i++) {
            Optional<String> problem = check.problemWith(regexes.get(i));
            if (problem.isEmpty()) {
                usable.add(regexes.get(i));
            } else {
                list.file()
                        .warn(
                                list.placeOf(REGEXES, i),
                                "this expression allows nothing, because it is none in RE2 syntax: " + problem.get(),
                                Optional.empty());
            }
        }
        return usable;
    }

    private static boolean needsAll(TomlSection list) {
        String condition = list.text(CONDITION).orElse("").toUpperCase(Locale.ROOT);
        return switch (condition) {
            case "AND", "&&" -> true;
            case "", "OR", "||" -> false;
            default -> {
                list.file()
                        .report(
                                list.placeOf(CONDITION),
                                "expected 'AND' or 'OR' for 'condition', found " + Mismatch.quoted(condition));
                yield false;
            }
        };
    }

    private static Target target(TomlSection list) {
        String target = list.text(REGEX_TARGET).orElse("");
        return switch (target) {
            case "", "secret" -> Target.SECRET;
            case "match" -> Target.MATCH;
            case "line" -> Target.LINE;
            default -> {
                list.file()
                        .report(
                                list.placeOf(REGEX_TARGET),
                                "expected one of 'secret', 'match', 'line' for 'regexTarget', found "
                                        + Mismatch.quoted(target),
                                Suggestion.didYouMean(target, List.of("secret", "match", "line")));
                yield Target.SECRET;
            }
        };
    }
}
