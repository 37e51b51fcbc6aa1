package io.pickaroon.connectors.broker;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.InterruptedIOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A dev-broker in a child process: a real single-node Kafka with a class path of its own.
 *
 * <p>The child ends when this process does, however that happens: it holds the other end of a pipe as its standard
 * input. It ignores SIGINT and SIGHUP, which a terminal sends to parent and child alike, so that the parent can still
 * deliver what it has before it stops the broker.
 *
 * <p>Safe for use by several threads.
 */
public final class DevBrokerProcess implements AutoCloseable {
    /** Made by the build beside the broker's jars. The JVM does without one that is not for it and for these jars. */
    private static final String START_CACHE = "start.aot";

    private static final String MAIN_CLASS = "io.pickaroon.devbroker.DevBroker";
    private static final Pattern READY = Pattern.compile("READY bootstrap=(127\\.0\\.0\\.1:(\\d+)) data=(.+)");
    private static final Duration START_LIMIT = Duration.ofSeconds(60);
    private static final Duration STOP_LIMIT = Duration.ofSeconds(15);
    private static final int KEPT_ERROR_LINES = 20;

    private final Path javaExecutable;
    private final Path libDirectory;
    private final boolean temporary;
    private Running running;

    private record Running(Process process, ErrorLines errors, String bootstrapServers, int port, Path dataDirectory) {}

    private DevBrokerProcess(Path javaExecutable, Path libDirectory, int port, Optional<Path> data) throws IOException {
        this.javaExecutable = javaExecutable;
        this.libDirectory = libDirectory;
        this.temporary = data.isEmpty();
        this.running = launch(port, data);
    }

    /**
     * Starts a broker that keeps its topics, and returns when clients can use it: about 1.5 s.
     *
     * @param javaExecutable the {@code java} command, version 25 or later
     * @param libDirectory directory with the broker's jars, as the build makes it
     * @param port port on 127.0.0.1, or 0 for the one of the last run in that directory, or else a free one
     * @param dataDirectory where topics are kept; made if it does not exist, used by one broker at a time
     * @throws IOException if the broker does not start; the message holds what it said
     */
    public static DevBrokerProcess start(Path javaExecutable, Path libDirectory, int port, Path dataDirectory)
            throws IOException {
        return new DevBrokerProcess(javaExecutable, libDirectory, port, Optional.of(dataDirectory));
    }

    /**
     * Like {@link #start}, with a temporary directory that the broker deletes when it stops. Only a kill leaves it
     * behind.
     */
    public static DevBrokerProcess startTemporary(Path javaExecutable, Path libDirectory, int port) throws IOException {
        return new DevBrokerProcess(javaExecutable, libDirectory, port, Optional.empty());
    }

    /** Address for clients, such as {@code 127.0.0.1:9092}. It stays the same through {@link #restart}. */
    public synchronized String bootstrapServers() {
        return running.bootstrapServers;
    }

    /** Port for clients on 127.0.0.1. */
    public synchronized int port() {
        return running.port;
    }

    /** Absolute path of the directory that holds topics and {@code broker.log}. */
    public synchronized Path dataDirectory() {
        return running.dataDirectory;
    }

    /** Process id of the broker that was started last. */
    public synchronized long pid() {
        return running.process.pid();
    }

    /** Whether the broker's process runs. */
    public synchronized boolean isAlive() {
        return running.process.isAlive();
    }

    /** Completes with the exit code when the broker that was started last has ended, for any reason. */
    public synchronized CompletableFuture<Integer> onEnd() {
        return running.process.onExit().thenApply(Process::exitValue);
    }

    /** What the broker that was started last wrote to standard error, its last lines; waits until it has ended. */
    public synchronized String lastWords() throws InterruptedIOException {
        return running.errors.awaitText();
    }

    /** Stops the broker cleanly, and by force if that takes longer than 15 s. Does nothing to one that has stopped. */
    public synchronized void stop() {
        try {
            running.process.getOutputStream().close();
        } catch (IOException _) {
            // the child is gone, and the pipe with it
        }
        if (!endsWithin(STOP_LIMIT)) {
            kill();
        }
    }

    /** Ends the broker with SIGKILL, as a crash would, and returns when it is gone. */
    public synchronized void kill() {
        running.process.destroyForcibly();
        if (!endsWithin(STOP_LIMIT)) {
            throw new IllegalStateException("the broker, process " + pid() + ", survives SIGKILL");
        }
    }

    /**
     * Starts the broker again on the same port and data, after {@link #stop} or {@link #kill}. After a kill that takes
     * about 5 s.
     *
     * @throws IllegalStateException if it still runs, or if its data was temporary
     */
    public synchronized void restart() throws IOException {
        if (temporary) {
            throw new IllegalStateException("a broker with temporary data cannot come back to it");
        }
        if (isAlive()) {
            throw new IllegalStateException("the broker, process " + pid() + ", still runs");
        }
        running = launch(running.port, Optional.of(running.dataDirectory));
    }

    /** The same as {@link #stop}. */
    @Override
    public void close() {
        stop();
    }

    private boolean endsWithin(Duration limit) {
        boolean interrupted = false;
        long deadlineNanos = System.nanoTime() + limit.toNanos();
        try {
            while (true) {
                try {
                    return running.process.waitFor(deadlineNanos - System.nanoTime(), TimeUnit.NANOSECONDS);
                } catch (InterruptedException _) {
                    interrupted = true;
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private Running launch(int port, Optional<Path> data) throws IOException {
        if (!Files.isDirectory(libDirectory)) {
            throw new IOException("the dev-broker's jars are not in " + libDirectory + "; build them with mvn package");
        }
        Process process = new ProcessBuilder(command(port, data)).start();
        ErrorLines errors = new ErrorLines(process);
        CompletableFuture<Matcher> ready = new CompletableFuture<>();
        Thread.ofVirtual().name("dev-broker-out").start(() -> awaitReady(process, ready));
        try {
            Matcher line = ready.get(START_LIMIT.toMillis(), TimeUnit.MILLISECONDS);
            return new Running(process, errors, line.group(1), Integer.parseInt(line.group(2)), Path.of(line.group(3)));
        } catch (ExecutionException _) {
            process.destroyForcibly();
            throw new IOException("the dev-broker did not start: " + errors.awaitText());
        } catch (TimeoutException _) {
            process.destroyForcibly();
            throw new IOException("the dev-broker was not ready within " + START_LIMIT.toSeconds() + " s"
                    + data.map(d -> "; see " + d.resolve("broker.log")).orElse(""));
        } catch (InterruptedException _) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while the dev-broker started");
        }
    }

    private List<String> command(int port, Optional<Path> data) {
        List<String> command = new ArrayList<>();
        // Signals that are ignored stay so across exec (POSIX), and the JVM then leaves them alone.
        command.addAll(List.of("/bin/sh", "-c", "trap '' INT HUP; exec \"$@\"", "dev-broker"));
        command.add(javaExecutable.toString());
        command.addAll(List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xmx512m"));
        command.addAll(List.of("--enable-native-access=ALL-UNNAMED", "--sun-misc-unsafe-memory-access=allow"));
        Path startCache = libDirectory.resolve(START_CACHE);
        if (Files.exists(startCache)) {
            command.addAll(List.of("-XX:AOTCache=" + startCache, "-Xlog:aot*=off", "-Xlog:cds*=off"));
        }
        command.addAll(List.of("-cp", libDirectory.resolve("*").toString(), MAIN_CLASS));
        command.addAll(List.of("--exit-with-stdin", "--port", Integer.toString(port)));
        data.ifPresent(directory -> command.addAll(List.of("--data", directory.toString())));
        return command;
    }

    /** Reads standard output to its end, so that the child never waits for a reader. */
    private static void awaitReady(Process process, CompletableFuture<Matcher> ready) {
        try (BufferedReader out = process.inputReader(StandardCharsets.UTF_8)) {
            for (String line = out.readLine(); line != null; line = out.readLine()) {
                Matcher matcher = READY.matcher(line);
                if (matcher.matches()) {
                    ready.complete(matcher);
                }
            }
        } catch (IOException e) {
            ready.completeExceptionally(e);
        }
        ready.completeExceptionally(new IOException("standard output ended"));
    }

    /** The last lines that the child wrote to standard error. */
    private static final class ErrorLines {
        private final Deque<String> lines = new ArrayDeque<>();
        private final Thread reader;

        ErrorLines(Process process) {
            reader = Thread.ofVirtual().name("dev-broker-err").start(() -> read(process));
        }

        private void read(Process process) {
            try (BufferedReader err =
                    new BufferedReader(new InputStreamReader(process.getErrorStream(), StandardCharsets.UTF_8))) {
                err.lines().forEach(this::keep);
            } catch (IOException | UncheckedIOException e) {
                keep(e.toString());
            }
        }

        private synchronized void keep(String line) {
            if (lines.size() == KEPT_ERROR_LINES) {
                lines.removeFirst();
            }
            lines.addLast(line);
        }

        String awaitText() throws InterruptedIOException {
            try {
                reader.join(STOP_LIMIT);
            } catch (InterruptedException _) {
                Thread.currentThread().interrupt();
                throw new InterruptedIOException("interrupted while the dev-broker started");
            }
            synchronized (this) {
                return lines.isEmpty() ? "it said nothing" : String.join("\n", lines);
            }
        }
    }
}
