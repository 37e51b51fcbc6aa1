package io.pickaroon.config.settings;

import java.util.List;
import java.util.Objects;

/**
 * A rule for secrets, of a file in the format of gitleaks.
 *
 * @param id its name in the file
 * @param regex what it finds
 * @param group number of the group that is the secret, from 1 on; 0: the first one that is not empty, or else all that matches
 * @param entropy what has no more bits of information for a character is no secret; 0: everything is
 * @param keywords one of which a record has to have, in either case; none: it needs none
 * @param allowed what is no secret
 */
public record SecretSettings(
        String id, String regex, int group, double entropy, List<String> keywords, List<Allowed> allowed) {
    public SecretSettings {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(regex, "regex");
        keywords = List.copyOf(keywords);
        allowed = List.copyOf(allowed);
    }

    /**
     * What is no secret though the rule finds it; at least one expression or word.
     *
     * @param stopwords parts of a secret, in either case
     * @param needsBoth whether an expression and a word are needed, where there are both; else one of them suffices
     */
    public record Allowed(Target target, List<String> regexes, List<String> stopwords, boolean needsBoth) {
        public Allowed {
            Objects.requireNonNull(target, "target");
            regexes = List.copyOf(regexes);
            stopwords = List.copyOf(stopwords);
        }
    }

    /** What the expressions of an allowance are tried on. */
    public enum Target {
        SECRET,
        MATCH,
        LINE
    }
}
