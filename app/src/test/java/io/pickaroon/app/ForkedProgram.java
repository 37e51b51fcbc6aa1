package io.pickaroon.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The program in a process of its own; killed when closed, with the processes that it has started. */
public final class ForkedProgram implements AutoCloseable {
    private static final int BOUND_SECONDS = 30;
    private static final Pattern ADDRESS = Pattern.compile("metrics and status at (http://[0-9.:]+)");

    private final Process process;
    private final Path output;
    private final Path errors;

    private ForkedProgram(Process process, Path output, Path errors) {
        this.process = process;
        this.output = output;
        this.errors = errors;
    }

    /**
     * Starts it.
     *
     * @param directory where what it writes goes, to the files {@code output} and {@code errors}
     * @param arguments JVM options first, which begin with {@code -D} or {@code -X}, then the program's arguments
     */
    public static ForkedProgram start(Path directory, String... arguments) throws IOException {
        return startClass(Main.class.getName(), directory, arguments);
    }

    /** As {@link #start}, with more in its environment. */
    public static ForkedProgram startWith(Map<String, String> environment, Path directory, String... arguments)
            throws IOException {
        List<String> before = new ArrayList<>(List.of("env"));
        environment.forEach((name, value) -> before.add(name + "=" + value));
        return start(before, Main.class.getName(), directory, arguments);
    }

    /** As {@link #start}, with a limit of descriptors. */
    static ForkedProgram startWithin(int descriptors, Path directory, String... arguments) throws IOException {
        List<String> limited = List.of("/bin/sh", "-c", "ulimit -n " + descriptors + "; exec \"$0\" \"$@\"");
        return start(limited, Main.class.getName(), directory, arguments);
    }

    /** As {@link #start}, but another class than the program's begins. */
    public static ForkedProgram startClass(String mainClass, Path directory, String... arguments) throws IOException {
        return start(List.of(), mainClass, directory, arguments);
    }

    private static ForkedProgram start(List<String> before, String mainClass, Path directory, String... arguments)
            throws IOException {
        BuiltInstallation built = BuiltInstallation.get();
        List<String> command = new ArrayList<>(before);
        Collections.addAll(
                command,
                CommandRun.installation().javaExecutable().toString(),
                "-Xmx128m",
                "-XX:TieredStopAtLevel=1",
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-Dpickaroon.home=" + CommandRun.installation().home().orElseThrow(),
                "-XX:AOTCache=" + built.runCache(),
                "-cp",
                built.classPath());
        List<String> rest = new ArrayList<>(List.of(arguments));
        while (!rest.isEmpty()
                && (rest.getFirst().startsWith("-D") || rest.getFirst().startsWith("-X"))) {
            command.add(rest.removeFirst());
        }
        Collections.addAll(command, mainClass);
        command.addAll(rest);
        Path output = directory.resolve("output");
        Path errors = directory.resolve("errors");
        Process process = new ProcessBuilder(command)
                .redirectOutput(output.toFile())
                .redirectError(errors.toFile())
                .start();
        return new ForkedProgram(process, output, errors);
    }

    public Process process() {
        return process;
    }

    /** What it has written to standard output so far. */
    public String output() throws IOException {
        return Files.readString(output);
    }

    /** What it has written to standard error so far. */
    public String errors() throws IOException {
        return Files.readString(errors);
    }

    /** What its HTTP server shows at a path; empty until there is one. */
    public String page(String path) throws IOException, InterruptedException {
        Matcher address = ADDRESS.matcher(errors());
        if (!address.find()) {
            return "";
        }
        try (HttpClient client = HttpClient.newHttpClient()) {
            HttpRequest request =
                    HttpRequest.newBuilder(URI.create(address.group(1) + path)).build();
            return client.send(request, HttpResponse.BodyHandlers.ofString()).body();
        }
    }

    /** Sends a signal and waits for the end; returns the exit code. */
    public int endBy(String signal) throws IOException, InterruptedException {
        new ProcessBuilder("kill", "-" + signal, Long.toString(process.pid()))
                .start()
                .waitFor();
        return end();
    }

    private int end() throws IOException, InterruptedException {
        return end(BOUND_SECONDS);
    }

    /** Waits for the end, not longer than that; returns the exit code. */
    public int end(int boundSeconds) throws IOException, InterruptedException {
        assertThat(process.waitFor(boundSeconds, TimeUnit.SECONDS)).as(errors()).isTrue();
        return process.exitValue();
    }

    /** As by {@code kill -9}. */
    public void kill() {
        process.destroyForcibly().onExit().join();
    }

    /** Kills also what it has started, which would write on into a directory that is being deleted. */
    @Override
    public void close() {
        List<ProcessHandle> started = process.descendants().toList();
        kill();
        started.forEach(ProcessHandle::destroyForcibly);
        started.forEach(handle -> handle.onExit().join());
    }
}
