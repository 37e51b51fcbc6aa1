package io.pickaroon.records;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** What a template may name: something of the record by itself, or a member of a group of names, after a dot. */
public enum Variable {
    HOST("host"),
    INSTANCE("instance"),
    INPUT("input"),
    RULE("rule"),
    FILE("file"),
    /** The last part of the file's path. */
    FILE_NAME("file.name"),
    /** Where the record begins in its file, in bytes. */
    OFFSET("offset"),
    ID("id"),
    /** The record's timestamp in UTC, as {@link io.pickaroon.records.time.UtcText} writes it. */
    TIME("time"),
    /** What a name in the input's path pattern matched. */
    PATH("path", true),
    /** What a named group of the expression matched. */
    GROUP("group", true),
    /** A field that a {@link FieldParser} read, or a static one. */
    FIELD("field", true),
    /** A variable of the environment: its value is put in when the template is parsed. */
    ENV("env", true);

    private final String word;
    private final boolean hasMembers;

    Variable(String word) {
        this(word, false);
    }

    Variable(String word, boolean hasMembers) {
        this.word = word;
        this.hasMembers = hasMembers;
    }

    /** How a template writes it. */
    public String word() {
        return word;
    }

    /** Whether a dot and a name follow the word. */
    public boolean hasMembers() {
        return hasMembers;
    }

    static Optional<Variable> of(String word) {
        return all().stream().filter(variable -> variable.word.equals(word)).findFirst();
    }

    static List<Variable> all() {
        return Arrays.asList(values());
    }
}
