package io.pickaroon.app.plan;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPOutputStream;

/** Some logs with cards, and a configuration that sends and masks what it finds. */
final class PlannedLogs {
    static final String CARD = "card=4111111111111111";

    final Path directory;
    final Path log;
    final Path other;
    final Path archive;
    final Path configuration;
    final Path checkpoint;

    PlannedLogs(Path directory) throws IOException {
        this.directory = directory;
        Path logs = Files.createDirectories(directory.resolve("logs"));
        log = Files.writeString(
                logs.resolve("a.log"), ("ERROR one " + CARD + " of bob@example.org\nfine token=abc123\n").repeat(300));
        other = Files.writeString(logs.resolve("b.log"), "INFO\r\nERROR two\r\n" + CARD + " ERROR ERROR end");
        archive = logs.resolve("a.log.1.gz");
        try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(archive))) {
            out.write(("ERROR in an archive " + CARD + "\n").getBytes(UTF_8));
        }
        checkpoint = directory.resolve("state/checkpoint");
        configuration = directory.resolve("plan.yaml");
        configure("");
    }

    /** @param more of the input */
    void configure(String more) throws IOException {
        Files.writeString(configuration, """
            checkpoint: { path: "%s" }
            inputs:
              - id: app
                include: [ "%s/*.log", "%2$s/*.gz" ]
                %s
            rules:
              - { id: errors, match: { literal: ERROR }, emit: { topic: t-errors }, fix: { replace: FIXED } }
              - { id: infos, match: { literal: INFO }, emit: { topic: t-infos } }
              - id: secrets
                match: { detect: [ card, email, password ] }
                emit: { topic: t-secrets }
                fix: {}
              - { id: tokens, match: { regex: 'token=(?<t>\\w+)' }, fix: { mask: x, group: t } }
              - { id: late, match: { literal: "ERROR end" }, fix: { replace: "ERROR fin" } }
              - { id: longer, match: { regex: 'ERROR o[a-z]+' }, fix: { replace: "an ERROR" } }
            output: { file: { path: "%s" } }
            """.formatted(
                        checkpoint, directory.resolve("logs"), more, directory.resolve("sent.ndjson")));
    }
}
