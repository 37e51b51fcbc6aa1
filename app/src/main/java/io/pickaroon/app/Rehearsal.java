package io.pickaroon.app;

import io.pickaroon.app.broker.Installation;
import io.pickaroon.app.demo.DemoLog;
import io.pickaroon.app.terminal.Terminal;
import io.pickaroon.processor.LogSearch;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Runs the usual commands once, so that the JVM learns which classes they load and which methods are hot, and keeps both
 * in its start-up cache. The launcher runs this, and discards what it prints.
 */
final class Rehearsal {
    private static final long LOG_BYTES = 16L << 20;
    /** Enough for the hot loops of every kind of search to be compiled, with profiles of how they behave on logs. */
    private static final int ROUNDS = 4;

    private static final List<String> TEXTS =
            List.of("ERROR", "OutOfMemory", "FATAL", "refused", "deadlock", "SIGSEGV", "denied", "panic:", "0xdead");

    private Rehearsal() {}

    /**
     * Takes a directory that exists, and is the caller's to remove.
     *
     * @throws IOException if the sample log cannot be written there
     */
    public static void main(String[] arguments) throws IOException {
        Path directory = Path.of(arguments[0]);
        Path log = directory.resolve("rehearsal.log");
        Files.deleteIfExists(log);
        new DemoLog(LOG_BYTES, 1, LogSearch.MAX_RECORD_BYTES, false).writeTo(log);
        String[] many = new String[3 + 2 * TEXTS.size()];
        many[0] = "scan";
        many[1] = "-c";
        many[2] = log.toString();
        for (int text = 0; text < TEXTS.size(); text++) {
            many[3 + 2 * text] = "-F";
            many[4 + 2 * text] = TEXTS.get(text);
        }
        for (int round = 0; round < ROUNDS; round++) {
            run("scan", "-c", log, "-F", "ERROR");
            run((Object[]) many);
            run("scan", "-c", log, "-i", "-F", "error");
            run("scan", "-c", log, "-e", "ERROR|FATAL|[A-Z]\\w+Exception");
            run("scan", "-c", log, "-e", "took [0-9]{3,} ms");
            run("scan", log, "-e", "\\b\\d{13,19}\\b");
        }
        run("fix", log, "-e", "card=(?<pan>\\d{13,19})", "--mask", "*", "--group", "pan", "--dry-run");
        run("demo", "--size", "16MiB", "--quiet", "--no-progress");
        run("scan", "--help");
        run("--help");
    }

    private static void run(Object... arguments) {
        String[] words = new String[arguments.length];
        for (int i = 0; i < words.length; i++) {
            words[i] = arguments[i].toString();
        }
        PrintStream discarded = new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8);
        CommandTree.execute(
                new Terminal(OutputStream.nullOutputStream(), discarded, false, 80), Installation.ofProcess(), words);
    }
}
