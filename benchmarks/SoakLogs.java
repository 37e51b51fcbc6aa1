import io.pickaroon.processor.checkpoint.Checkpoint;
import io.pickaroon.processor.checkpoint.CheckpointEntry;
import io.pickaroon.processor.checkpoint.CheckpointFile;
import io.pickaroon.processor.file.FileIdentity;
import io.pickaroon.processor.file.FileSighting;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * The logs of {@code benchmarks/soak}: writes them as fast as the machine lets it, and compares files and topic with what
 * was written. A record follows from its writer and its number, so the truth is how many records each writer has written.
 *
 * <p>A writer stops when the daemon's checkpoint is more than its share of the backlog behind, and goes on when it is not.
 *
 * <p>usage: java -cp 'LIBRARIES/*' SoakLogs.java CHECKPOINT BACKLOG_BYTES BYTES_PER_SECOND NAME=PATH..
 *
 * <p>BYTES_PER_SECOND, of all writers together, is 0 for no limit. Commands come from standard input, a line each,
 * {@code ID COMMAND ARGUMENT..}; each is answered by a line {@code ID JSON}, those that wait later than others.
 *
 * <pre>
 * start                          all writers begin
 * state                          what each has written, and how fast
 * known NAME                     whether the daemon has seen the present file of the writer
 * reopen NAME                    the writer goes on in a new file
 * pause NAME SECONDS             it stops; is the daemon through with all of it within that time?
 * resume NAME truncated|same     it goes on
 * read NAME PATH                 whether the daemon is through with a file
 * compare NAME PATH              compares a file with the records that follow those compared before
 * compared NAME                  how many of its records were compared
 * stop                           all writers end
 * drained NAME SECONDS           is the daemon through with all that was written within that time?
 * topic BOOTSTRAP TOPIC          compares a topic with all that was written
 * </pre>
 */
final class SoakLogs {
    private static final long LOOK_MILLIS = 20;

    private final Path checkpoint;
    private final Map<String, SoakWriter> writers = new LinkedHashMap<>();
    private final PrintStream replies;
    private volatile Map<FileIdentity, CheckpointEntry> entries = Map.of();
    private volatile boolean ended;

    // While no writer waited for the daemon.
    private long freeBytes;
    private long freeNanos;

    private SoakLogs(Path checkpoint, PrintStream replies) {
        this.checkpoint = checkpoint;
        this.replies = replies;
    }

    public static void main(String[] arguments) throws IOException {
        PrintStream replies = System.out;
        System.setOut(System.err);
        SoakLogs logs = new SoakLogs(Path.of(arguments[0]), replies);
        int count = arguments.length - 3;
        long backlogBytes = Long.parseLong(arguments[1]) / count;
        double bytesPerSecond = Double.parseDouble(arguments[2]) / count;
        for (String argument : Arrays.asList(arguments).subList(3, arguments.length)) {
            String[] parts = argument.split("=", 2);
            logs.writers.put(parts[0], new SoakWriter(parts[0], Path.of(parts[1]), backlogBytes, bytesPerSecond));
        }
        Thread.ofPlatform().daemon().start(logs::look);
        BufferedReader commands = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String line = commands.readLine(); line != null; line = commands.readLine()) {
            String[] words = line.split(" ");
            Thread.ofPlatform().daemon().start(() -> logs.answer(words));
        }
        System.exit(0);
    }

    private void answer(String[] words) {
        String reply;
        try {
            reply = reply(words);
        } catch (Exception e) {
            e.printStackTrace();
            reply = json("failure", String.join(" ", words) + ": " + e);
        }
        synchronized (replies) {
            replies.println(words[0] + " " + reply);
            replies.flush();
        }
    }

    private String reply(String[] words) throws Exception {
        SoakWriter writer = words.length > 2 ? writers.get(words[2]) : null;
        switch (words[1]) {
            case "start" -> {
                writers.values().forEach(Thread::start);
                return "{}";
            }
            case "state" -> {
                return state();
            }
            case "known" -> {
                return json("known", writer.isKnown(entries));
            }
            case "reopen" -> {
                writer.ask(SoakWriter.Wish.REOPEN);
                return "{}";
            }
            case "pause" -> {
                writer.ask(SoakWriter.Wish.PAUSE);
                boolean isDrained = isDrained(writer, Long.parseLong(words[3]));
                if (isDrained) {
                    writer.mayBeTruncated(entries);
                }
                return json("drained", isDrained);
            }
            case "resume" -> {
                if (words[3].equals("truncated")) {
                    writer.wasTruncated();
                }
                writer.ask(SoakWriter.Wish.GO_ON);
                return "{}";
            }
            case "read" -> {
                return json("read", isRead(Path.of(words[3])));
            }
            case "compare" -> {
                return writer.files.compare(Path.of(words[3]), writer.written);
            }
            case "compared" -> {
                return "{\"records\": %d}".formatted(writer.files.compared());
            }
            case "stop" -> {
                for (SoakWriter each : writers.values()) {
                    each.ask(SoakWriter.Wish.END);
                    each.join();
                }
                ended = true;
                return state();
            }
            case "drained" -> {
                return json("drained", isDrained(writer, Long.parseLong(words[3])));
            }
            case "topic" -> {
                return new SoakTopic(writers).compare(words[2], words[3]);
            }
            default -> throw new IllegalArgumentException(words[1]);
        }
    }

    private boolean isDrained(SoakWriter writer, long seconds) throws InterruptedException {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
        while (writer.doneBytes != writer.bytes) {
            if (System.nanoTime() > deadline) {
                return false;
            }
            Thread.sleep(LOOK_MILLIS);
        }
        return true;
    }

    private boolean isRead(Path path) throws IOException {
        FileSighting sighting = FileSighting.at(path).orElseThrow();
        return Optional.ofNullable(entries.get(sighting.identity()))
                .filter(entry -> entry.position().offset() == sighting.sizeBytes() && entry.pendingBytes() == 0)
                .isPresent();
    }

    /** Reads the checkpoint again and again, and lets writers go on or not. */
    private void look() {
        long lastNanos = System.nanoTime();
        long lastBytes = 0;
        boolean wasFree = false;
        while (true) {
            try {
                Thread.sleep(LOOK_MILLIS);
                Optional<Checkpoint> found = CheckpointFile.inspect(checkpoint).checkpoint();
                if (found.isPresent()) {
                    entries = found.get().entries();
                }
            } catch (NoSuchFileException _) {
                // the daemon has not made it yet
            } catch (IOException e) {
                e.printStackTrace();
            } catch (InterruptedException _) {
                return;
            }
            long nanos = System.nanoTime();
            long bytes = 0;
            boolean isFree = !ended;
            for (SoakWriter writer : writers.values()) {
                writer.saw(entries);
                bytes += writer.bytes;
                isFree &= writer.isAlive() && !writer.isHeld;
            }
            if (isFree && wasFree) {
                freeBytes += bytes - lastBytes;
                freeNanos += nanos - lastNanos;
            }
            wasFree = isFree;
            lastBytes = bytes;
            lastNanos = nanos;
        }
    }

    private String state() {
        StringBuilder text = new StringBuilder(
                "{\"freeBytes\": %d, \"freeSeconds\": %s, \"writers\": {".formatted(freeBytes, seconds(freeNanos)));
        String separator = "";
        for (SoakWriter writer : writers.values()) {
            text.append(separator)
                    .append("\"%s\": {\"records\": %d, \"bytes\": %d, \"doneBytes\": %d, \"mostBehind\": %d,"
                                    .formatted(
                                            writer.records.name,
                                            writer.written,
                                            writer.bytes,
                                            writer.doneBytes,
                                            writer.mostBehindBytes)
                            + " \"writing\": %s, \"held\": %s}"
                                    .formatted(seconds(writer.writingNanos), seconds(writer.heldNanos)));
            separator = ", ";
        }
        return text.append("}}").toString();
    }

    static String seconds(long nanos) {
        return String.format(Locale.ROOT, "%.3f", nanos / 1e9);
    }

    /** An object with one member. */
    static String json(String name, Object value) {
        return "{\"%s\": %s}".formatted(name, value instanceof Boolean ? value : quoted(value.toString()));
    }

    /** As a string of JSON. */
    static String quoted(String text) {
        return '"' + text.replace('\\', '/').replace('"', '\'').replaceAll("[^ -~]", "?") + '"';
    }
}
