package io.pickaroon.app.demo;

/** What the demo looks for in the log that it makes. */
public enum DemoRule {
    ERRORS("errors", "ERROR", false),
    WARNINGS("warnings", "WARN", false),
    CARDS("cards", "card=(?<pan>\\d{13,19})", true);

    private final String id;
    private final String pattern;
    private final boolean regex;

    DemoRule(String id, String pattern, boolean regex) {
        this.id = id;
        this.pattern = pattern;
        this.regex = regex;
    }

    public String id() {
        return id;
    }

    /** The Kafka topic that takes the rule's matches. */
    public String topic() {
        return "demo-" + id;
    }

    /** A literal text, or a regular expression in RE2 syntax if {@link #isRegex}. */
    public String pattern() {
        return pattern;
    }

    public boolean isRegex() {
        return regex;
    }
}
