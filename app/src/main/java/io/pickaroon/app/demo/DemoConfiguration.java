package io.pickaroon.app.demo;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The configuration that the demo runs with, as a user would write it. */
public final class DemoConfiguration {
    /** Limit of a record in the demo. */
    public static final int MAX_RECORD_BYTES = 1 << 20;

    private DemoConfiguration() {}

    /** Writes it to a new file. */
    public static void write(Path file, Path log, Path checkpoint, String bootstrapServers) throws IOException {
        StringBuilder rules = new StringBuilder();
        for (DemoRule rule : DemoRule.values()) {
            rules.append("""
                  - id: %s
                    match: { %s: %s }
                    emit: { topic: %s, headers: all }
                """.formatted(
                            rule.id(), rule.isRegex() ? "regex" : "literal", quoted(rule.pattern()), rule.topic()));
            if (!rule.fix().isEmpty()) {
                rules.append("    fix: " + rule.fix() + "\n");
            }
        }
        Files.writeString(file, """
            checkpoint: { path: %s }
            inputs:
              - id: demo
                include: [ %s ]
                maxRecordBytes: %d
            rules:
            %soutput:
              kafka:
                bootstrapServers: %s
            """.formatted(
                quoted(checkpoint.toString()), quoted(log.toString()), MAX_RECORD_BYTES, rules, bootstrapServers));
    }

    private static String quoted(String text) {
        return "'" + text.replace("'", "''") + "'";
    }
}
