package io.pickaroon.app.demo;

/** What the demo looks for in the log that it makes. */
public enum DemoRule {
    ERRORS("errors", "ERROR", false),
    WARNINGS("warnings", "WARN", false),
    CARDS("cards", "card=(?<pan>\\d{13,19})", true);

    /** Digits of a card number that its mask leaves. */
    static final int KEPT_DIGITS = 4;

    private final String id;
    private final String pattern;
    private final boolean regex;

    DemoRule(String id, String pattern, boolean regex) {
        this.id = id;
        this.pattern = pattern;
        this.regex = regex;
    }

    /** What the rule does to a match in the file, as the configuration has it; empty if it leaves it as it is. */
    public String fix() {
        return switch (this) {
            case ERRORS -> "{ replace: FIXED }";
            case WARNINGS -> "";
            case CARDS -> "{ mask: '*', group: pan, keepLast: " + KEPT_DIGITS + " }";
        };
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
