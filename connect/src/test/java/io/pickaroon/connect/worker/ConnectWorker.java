package io.pickaroon.connect.worker;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** A worker of Kafka Connect in a process of its own. Used by one thread. */
final class ConnectWorker implements AutoCloseable {
    private static final Pattern LISTENING = Pattern.compile("advertising URL (http://127\\.0\\.0\\.1:\\d+)/");
    private static final Duration START_LIMIT = Duration.ofSeconds(60);
    private static final Duration STOP_LIMIT = Duration.ofSeconds(30);
    private static final Duration PAUSE = Duration.ofMillis(50);
    private static final int SHOWN_LINES = 60;
    /** What it logs for each request. */
    private static final String REQUEST = "RestServer - 127.0.0.1 - - ";

    private static final int HTTP_OK = 200;

    private final String name;
    private final Path log;
    private final Process process;
    private ConnectRest rest;

    private ConnectWorker(String name, Path log, Process process) {
        this.name = name;
        this.log = log;
        this.process = process;
    }

    /** Starts the process; {@link #awaitReady} waits for it. */
    static ConnectWorker launch(String name, Path log, List<String> command) throws IOException {
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        process.getOutputStream().close();
        return new ConnectWorker(name, log, process);
    }

    /** Returns when it answers requests: about 3 s after its start, on a quiet machine. */
    ConnectWorker awaitReady() throws IOException, InterruptedException {
        long deadlineNanos = System.nanoTime() + START_LIMIT.toNanos();
        while (!isReady()) {
            if (!process.isAlive() || System.nanoTime() > deadlineNanos) {
                throw new IOException("%s does not answer%n%s".formatted(name, shown()));
            }
            LockSupport.parkNanos(PAUSE.toNanos());
        }
        return this;
    }

    private boolean isReady() throws IOException, InterruptedException {
        if (rest == null) {
            Matcher matcher = LISTENING.matcher(Files.readString(log));
            if (!matcher.find()) {
                return false;
            }
            rest = new ConnectRest(URI.create(matcher.group(1)));
        }
        return rest.health() == HTTP_OK;
    }

    /** What its REST interface can be asked; it has to be ready. */
    ConnectRest rest() {
        return rest;
    }

    /** As Connect names it in the status of connectors and tasks: {@code 127.0.0.1:PORT}. */
    String id() {
        return rest.address().getAuthority();
    }

    long pid() {
        return process.pid();
    }

    boolean isAlive() {
        return process.isAlive();
    }

    /** Everything that it has logged. */
    String log() throws IOException {
        return Files.readString(log);
    }

    /** Ends it with SIGKILL, and returns when it is gone. */
    void kill() throws InterruptedException {
        process.destroyForcibly();
        if (!process.waitFor(STOP_LIMIT.toMillis(), TimeUnit.MILLISECONDS)) {
            throw new IllegalStateException(name + " survives SIGKILL");
        }
    }

    /** Stops its process where it is, by SIGSTOP: others take it for dead. */
    void freeze() throws IOException, InterruptedException {
        signal("STOP");
    }

    /** Lets it go on after {@link #freeze}, as a zombie if others have taken over. */
    void thaw() throws IOException, InterruptedException {
        signal("CONT");
    }

    /** Stops it as an operator does, by SIGTERM, and returns when it is gone. */
    void stop() throws InterruptedException {
        process.destroy();
        if (!process.waitFor(STOP_LIMIT.toMillis(), TimeUnit.MILLISECONDS)) {
            throw new IllegalStateException("%s does not stop%n%s".formatted(name, shown()));
        }
    }

    private void signal(String signal) throws IOException, InterruptedException {
        int code = new ProcessBuilder("kill", "-" + signal, Long.toString(pid()))
                .start()
                .waitFor();
        if (code != 0) {
            throw new IOException("kill -%s of %s ended with %d".formatted(signal, name, code));
        }
    }

    /** Where its log is, and the end of it. */
    String shown() {
        try {
            List<String> lines = Files.readAllLines(log).stream()
                    .filter(line -> !line.contains(REQUEST))
                    .toList();
            return lines.stream()
                    .skip(Math.max(0, lines.size() - SHOWN_LINES))
                    .collect(Collectors.joining("\n", "the log of %s, %s, ends with\n".formatted(name, log), "\n"));
        } catch (IOException e) {
            return "the log of %s, %s, cannot be read: %s".formatted(name, log, e);
        }
    }

    /** Ends it in whatever state it is. */
    @Override
    public void close() {
        process.destroyForcibly();
        process.onExit().join();
    }

    @Override
    public String toString() {
        return name;
    }
}
