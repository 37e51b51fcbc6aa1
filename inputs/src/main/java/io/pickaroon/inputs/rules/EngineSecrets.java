package io.pickaroon.inputs.rules;

import io.pickaroon.config.settings.SecretSettings;
import io.pickaroon.config.settings.SecretSettings.Allowed;
import io.pickaroon.processor.secret.Allowance;
import io.pickaroon.processor.secret.SecretRule;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Turns rules for secrets into those of the engine. */
public final class EngineSecrets {
    /** Before the id that the file of rules has, as in {@code --detect gitleaks:FILE}. */
    private static final String PREFIX = "gitleaks:";

    private EngineSecrets() {}

    /** The rules, in their order. What several allow is the same object. */
    public static List<SecretRule> of(List<SecretSettings> rules) {
        Map<Allowed, Allowance> known = new HashMap<>();
        return rules.stream()
                .map(rule -> new SecretRule(
                        PREFIX + rule.id(),
                        rule.regex(),
                        rule.group(),
                        rule.entropy(),
                        rule.keywords(),
                        rule.allowed().stream()
                                .map(allowed -> known.computeIfAbsent(allowed, EngineSecrets::allowance))
                                .toList()))
                .toList();
    }

    private static Allowance allowance(Allowed allowed) {
        Allowance.Target target = switch (allowed.target()) {
            case SECRET -> Allowance.Target.SECRET;
            case MATCH -> Allowance.Target.MATCH;
            case LINE -> Allowance.Target.LINE;
        };
        return new Allowance(target, allowed.regexes(), allowed.stopwords(), allowed.needsBoth());
    }
}
