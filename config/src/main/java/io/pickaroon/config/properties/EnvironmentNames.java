package io.pickaroon.config.properties;

import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The names of variables of the environment in a template, which a connector cannot use: each worker has its own. */
final class EnvironmentNames {
    private static final Pattern NAME = Pattern.compile("\\{\\{|(\\{env\\.[^{}]*\\})");

    private EnvironmentNames() {}

    /** The names, each in its braces. */
    static List<String> in(String template) {
        return NAME.matcher(template)
                .results()
                .filter(name -> name.group(1) != null)
                .map(MatchResult::group)
                .toList();
    }

    /** A template without them that has as much else in it. */
    static String replacedIn(String template) {
        return NAME.matcher(template)
                .replaceAll(name -> name.group(1) == null ? Matcher.quoteReplacement(name.group()) : "env");
    }
}
