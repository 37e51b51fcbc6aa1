package io.pickaroon.app.run;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.pickaroon.app.run.ContainerMessages.Message;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;

/**
 * The log of a container, written, rotated and compressed as its runtime and the kubelet do it, and behind the chain of links that they
 * make. Beside each file stands what it has to hold in the end. Thread-safe.
 */
final class WrittenContainer implements AutoCloseable {
    /** Who writes. */
    enum ContainerRuntime {
        CONTAINERD,
        DOCKERD;

        private Line line(String stream, String text, String shown, boolean isLast) {
            String time = DateTimeFormatter.ISO_INSTANT.format(Instant.now());
            if (this == CONTAINERD) {
                String begin = "%s %s %s ".formatted(time, stream, isLast ? "F" : "P");
                return new Line(begin + text + "\n", begin + shown + "\n");
            }
            String object = "{\"log\":\"%s%s\",\"stream\":\"%s\",\"time\":\"%s\"}\n"
                    .formatted(ContainerMessages.escaped(text), isLast ? "\\n" : "", stream, time);
            return new Line(object, object);
        }
    }

    /** A line as it is written, and as it is in the end: in a file of dockerd nothing is changed. */
    private record Line(String written, String expected) {}

    /** One file, whatever its name is. */
    private final class Generation {
        final Path expected = expectations.resolve(key.replace('/', '-') + "." + generations.size());
        final int first = messages.next();
        Path place = real;
        int after = Integer.MAX_VALUE;
        boolean isDeleted;
    }

    private static final DateTimeFormatter OF_KUBELET =
            DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss").withZone(ZoneOffset.UTC);
    private static final int MOST_LINES_AT_ONCE = 12;
    /** Beside the file that is written: max-file of dockerd, less one. */
    private static final int MOST_ROTATED_OF_DOCKER = 3;

    /** Namespace, pod and container. */
    final String key;

    /** What was written, by its number. */
    final ConcurrentMap<Integer, Message> written = new ConcurrentHashMap<>();

    private final ContainerRuntime runtime;
    private final Random random;
    private final ContainerMessages messages;
    private final Path expectations;
    private final Path real;
    private final List<Generation> generations = new ArrayList<>();
    private OutputStream file;
    private OutputStream expected;
    private long size;

    WrittenContainer(Path node, ContainerRuntime runtime, String namespace, String pod, String container, Random random)
            throws IOException {
        this.runtime = runtime;
        this.random = random;
        key = namespace + "/" + pod + "/" + container;
        messages = new ContainerMessages(key, random);
        expectations = Files.createDirectories(node.resolve("expected"));
        String id = "%016x".formatted(random.nextLong()).repeat(4);
        Path logs = Files.createDirectories(node.resolve("pods")
                        .resolve("%s_%s_%s".formatted(namespace, pod, "uid-" + id.substring(0, 8))))
                .resolve(container);
        Path log = Files.createDirectories(logs).resolve("0.log");
        if (runtime == ContainerRuntime.CONTAINERD) {
            real = log;
        } else {
            real = Files.createDirectories(node.resolve("docker").resolve(id)).resolve(id + "-json.log");
            Files.createSymbolicLink(log, real);
        }
        open();
        Path links = Files.createDirectories(node.resolve("containers"));
        Files.createSymbolicLink(links.resolve("%s_%s_%s-%s.log".formatted(pod, namespace, container, id)), log);
    }

    private void open() throws IOException {
        Generation generation = new Generation();
        generations.add(generation);
        file = Files.newOutputStream(real, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        expected = Files.newOutputStream(generation.expected);
        size = 0;
    }

    synchronized long size() {
        return size;
    }

    synchronized int rotations() {
        return generations.size() - 1;
    }

    synchronized int count() {
        return messages.next();
    }

    /** Writes some messages of one kind. Parts of a long one come one by one, with lines of the other stream between them. */
    synchronized void write() throws IOException, InterruptedException {
        int kind = random.nextInt(12);
        List<Line> lines = new ArrayList<>();
        if (kind == 0) {
            writeParts(messages.parts("stdout"));
            return;
        } else if (kind == 1) {
            add(messages.trace("stderr"), lines, 0);
            // Between the lines of a stack trace stand those of the other stream.
            add(messages.line("stdout"), lines, 2);
        } else {
            for (int i = random.nextInt(MOST_LINES_AT_ONCE); i >= 0; i--) {
                add(messages.line(random.nextBoolean() ? "stdout" : "stderr"), lines, lines.size());
            }
        }
        append(lines);
    }

    private void writeParts(Message message) throws IOException, InterruptedException {
        written.put(message.number(), message);
        List<String> parts = ContainerMessages.cut(message.text());
        List<String> shown = ContainerMessages.cut(message.shown());
        for (int i = 0; i < parts.size(); i++) {
            boolean isLast = i == parts.size() - 1;
            List<Line> lines = new ArrayList<>();
            lines.add(runtime.line(message.stream(), parts.get(i), shown.get(i), isLast));
            append(lines);
            if (!isLast) {
                List<Line> others = new ArrayList<>();
                add(messages.line("stderr"), others, 0);
                Thread.sleep(random.nextInt(30));
                append(others);
            }
        }
    }

    private void add(Message message, List<Line> lines, int index) {
        written.put(message.number(), message);
        List<String> texts = message.text().lines().toList();
        List<String> shown = message.shown().lines().toList();
        for (int i = 0; i < texts.size(); i++) {
            lines.add(index + i, runtime.line(message.stream(), texts.get(i), shown.get(i), true));
        }
    }

    private void append(List<Line> lines) throws IOException {
        byte[] bytes =
                lines.stream().map(Line::written).collect(Collectors.joining()).getBytes(UTF_8);
        file.write(bytes);
        expected.write(
                lines.stream().map(Line::expected).collect(Collectors.joining()).getBytes(UTF_8));
        size += bytes.length;
    }

    /**
     * One step of who rotates: the file is renamed if it is large enough, and what was rotated before is compressed. As long as
     * Pickaroon has not yet seen a file, it is not renamed: behind links only the newest one is found. What nobody has read or masked
     * yet is not compressed: what becomes of that is told by other tests.
     */
    synchronized void rotate(long largest, ConsumedMessages delivered) throws IOException, InterruptedException {
        Generation newest = generations.getLast();
        if (size > largest && hasAny(newest, delivered)) {
            Path renamed = real.resolveSibling(rotatedName());
            if (runtime == ContainerRuntime.CONTAINERD ? !Files.exists(renamed) : canShift(delivered)) {
                shift();
                Files.move(real, renamed);
                newest.place = renamed;
                // The runtime goes on writing to the renamed file until it is told.
                write();
                newest.after = messages.next();
                file.close();
                expected.close();
                open();
            }
        }
        if (runtime == ContainerRuntime.CONTAINERD) {
            for (Generation generation : generations.subList(0, Math.max(0, generations.size() - 2))) {
                if (!isCompressed(generation)
                        && hasAll(generation, delivered)
                        && Files.mismatch(generation.place, generation.expected) < 0) {
                    compress(generation);
                }
            }
        }
    }

    private String rotatedName() {
        return runtime == ContainerRuntime.CONTAINERD
                ? "0.log." + OF_KUBELET.format(Instant.now())
                : real.getFileName() + ".1";
    }

    private boolean canShift(ConsumedMessages delivered) {
        return generations.stream()
                .filter(each -> !each.isDeleted && each.place.toString().endsWith("." + MOST_ROTATED_OF_DOCKER))
                .allMatch(each -> hasAll(each, delivered));
    }

    /** Dockerd has max-file files: .1 is the newest of those that are rotated, and the oldest one goes. */
    private void shift() throws IOException {
        if (runtime == ContainerRuntime.CONTAINERD) {
            return;
        }
        for (Generation generation : generations) {
            String name = generation.place.getFileName().toString();
            int dot = name.lastIndexOf('.') + 1;
            if (generation.isDeleted || generation.place.equals(real)) {
                continue;
            }
            int number = Integer.parseInt(name.substring(dot)) + 1;
            if (number > MOST_ROTATED_OF_DOCKER) {
                Files.delete(generation.place);
                generation.isDeleted = true;
            } else {
                Path next = generation.place.resolveSibling(name.substring(0, dot) + number);
                Files.move(generation.place, next);
                generation.place = next;
            }
        }
    }

    private static void compress(Generation generation) throws IOException {
        Path partial = Path.of(generation.place + ".tmp");
        Path compressed = Path.of(generation.place + ".gz");
        try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(partial))) {
            Files.copy(generation.place, out);
        }
        Files.move(partial, compressed, StandardCopyOption.ATOMIC_MOVE);
        Files.delete(generation.place);
        generation.place = compressed;
    }

    private static boolean isCompressed(Generation generation) {
        return generation.place.toString().endsWith(".gz");
    }

    private boolean hasAny(Generation generation, ConsumedMessages delivered) {
        return IntStream.range(generation.first, Math.min(generation.after, messages.next()))
                .anyMatch(number -> delivered.has(key, number));
    }

    private boolean hasAll(Generation generation, ConsumedMessages delivered) {
        return IntStream.range(generation.first, generation.after).allMatch(number -> delivered.has(key, number));
    }

    /** The files that are not as they have to be. */
    synchronized List<String> wrongFiles() throws IOException {
        List<String> wrong = new ArrayList<>();
        for (Generation generation : generations) {
            if (generation.isDeleted) {
                continue;
            }
            try (InputStream in = Files.newInputStream(generation.place);
                    InputStream content = isCompressed(generation) ? new GZIPInputStream(in) : in) {
                byte[] found = content.readAllBytes();
                int mismatch = Arrays.mismatch(found, Files.readAllBytes(generation.expected));
                if (mismatch >= 0) {
                    int from = Math.max(0, mismatch - 80);
                    wrong.add("%s at %d: %s"
                            .formatted(
                                    generation.place,
                                    mismatch,
                                    new String(found, from, Math.min(160, found.length - from), UTF_8)));
                }
            }
        }
        return wrong;
    }

    synchronized long compressedFiles() {
        return generations.stream().filter(WrittenContainer::isCompressed).count();
    }

    @Override
    public synchronized void close() throws IOException {
        file.close();
        expected.close();
    }
}
