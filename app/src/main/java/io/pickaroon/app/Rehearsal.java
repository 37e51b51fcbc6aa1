package io.pickaroon.app;

import io.pickaroon.app.broker.Installation;
import io.pickaroon.app.broker.LocalBroker;
import io.pickaroon.app.demo.DemoLog;
import io.pickaroon.processor.LogSearch;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/**
 * Runs the usual commands once, so that the JVM learns which classes they load and which methods are hot, and keeps both
 * in a start-up cache. All linked classes of a cache are loaded before the program begins, so there is one cache for
 * commands that are short and one for runs. The launcher runs this, and discards what it prints.
 */
final class Rehearsal {
    private static final long LOG_BYTES = 16L << 20;
    /** Enough for the hot loops of every kind of search to be compiled, with profiles of how they behave on logs. */
    private static final int ROUNDS = 4;

    private static final List<String> TEXTS =
            List.of("ERROR", "OutOfMemory", "FATAL", "refused", "deadlock", "SIGSEGV", "denied", "panic:", "0xdead");

    private Rehearsal() {}

    /**
     * Takes what is rehearsed, {@code short} or {@code run}, and a directory that exists, and is the caller's to remove.
     *
     * @throws IOException if the sample log cannot be written there
     */
    public static void main(String[] arguments) throws IOException {
        Path directory = Path.of(arguments[1]);
        Path log = directory.resolve("rehearsal.log");
        Files.deleteIfExists(log);
        new DemoLog(LOG_BYTES, 1, LogSearch.MAX_RECORD_BYTES, false).writeTo(log);
        if (arguments[0].equals("run")) {
            search(log, 1);
            deliver(directory, log);
        } else {
            search(log, ROUNDS);
            Path record = Files.writeString(
                    directory.resolve("record.log"), "2026-11-20T10:00:00Z ERROR request 17 failed\n");
            run("scan", "-c", record, "-F", "ERROR");
            run("scan", record, "-e", "ERR[A-Z]+");
            run("scan", "-n", "-C", "1", "-H", "--color=always", record, "-e", "ERR[A-Z]+");
            run("scan", "-r", "-v", "-n", "--include", "*.log", directory, "-e", "request \\d");
            run("scan", "-o", record, "-e", "\\d+");
            run("check", "-c", configuration(directory, log, "file", toFile(directory)));
            run("fix", log, "-e", "card=(?<pan>\\d{13,19})", "--mask", "*", "--group", "pan", "--dry-run");
            run("scan", "--help");
            run("--help");
            run("--version");
        }
    }

    /**
     * To a file, and to Kafka: as a new checkpoint, as one that goes on, and as one beside others that have delivered
     * the same files.
     */
    private static void deliver(Path directory, Path log) throws IOException {
        run("run", "--once", "-c", configuration(directory, log, "file", toFile(directory)));
        try (LocalBroker broker = LocalBroker.startTemporary(Installation.ofProcess(), 0)) {
            broker.createTopics(List.of("rehearsal"), LogSearch.MAX_RECORD_BYTES);
            // A name, because names have to be resolved.
            String bootstrapServers = "localhost"
                    + broker.bootstrapServers()
                            .substring(broker.bootstrapServers().lastIndexOf(':'));
            String exactlyOnce = toKafka(bootstrapServers, "exactly-once");
            Path first = configuration(directory, log, "first", exactlyOnce);
            run("run", "--once", "-c", first);
            Files.writeString(log, "2026-11-20T10:00:00Z ERROR request 17 failed\n", StandardOpenOption.APPEND);
            run("run", "--once", "-c", first);
            run("run", "--once", "-c", configuration(directory, log, "second", exactlyOnce));
            String atLeastOnce = toKafka(bootstrapServers, "at-least-once");
            run("run", "--once", "-c", configuration(directory, log, "third", atLeastOnce));
        }
    }

    private static void search(Path log, int rounds) {
        Object[] many = Stream.concat(
                        Stream.of("scan", "-c", log.toString()), TEXTS.stream().flatMap(text -> Stream.of("-F", text)))
                .toArray();
        for (int round = 0; round < rounds; round++) {
            run("scan", "-c", log, "-F", "ERROR");
            run(many);
            run("scan", "-c", log, "-i", "-F", "error");
            run("scan", "-c", log, "-e", "ERROR|FATAL|[A-Z]\\w+Exception");
            run("scan", "-c", log, "-e", "took [0-9]{3,} ms");
            run("scan", log, "-e", "\\b\\d{13,19}\\b");
        }
    }

    private static String toFile(Path directory) {
        return "file: { path: '" + directory.resolve("matches.ndjson") + "' }";
    }

    private static String toKafka(String bootstrapServers, String delivery) {
        return "kafka: { bootstrapServers: '%s', delivery: %s }".formatted(bootstrapServers, delivery);
    }

    private static Path configuration(Path directory, Path log, String name, String output) throws IOException {
        return Files.writeString(directory.resolve(name + ".yaml"), """
            instance: %s
            checkpoint: { path: '%s' }
            inputs: [ { id: log, include: [ '%s' ] } ]
            rules:
              - { id: errors, match: { literal: ERROR }, emit: { topic: rehearsal } }
              - { id: cards, match: { regex: 'card=(?<pan>\\d{13,19})' }, emit: { topic: rehearsal } }
            output: { %s }
            """.formatted(
                        name, directory.resolve(name + "-state/checkpoint"), log, output));
    }

    private static void run(Object... arguments) {
        Main.run(Arrays.stream(arguments).map(Object::toString).toArray(String[]::new));
    }
}
