package io.pickaroon.app.replay;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.pickaroon.app.CommandRun;
import io.pickaroon.app.verify.DeliveredLogs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;

/** Replays, and what they leave in a topic and on disk. */
final class ReplayedLogs {
    static final String MARK = "pickaroon.replayed";

    private ReplayedLogs() {}

    static CommandRun replay(Path configuration, Object... more) {
        return CommandRun.of(Stream.concat(Stream.of("replay", "-c", configuration), Stream.of(more))
                .toArray());
    }

    /** All files below the directory, with content and time, but for locks. */
    static Map<String, String> files(Path directory) throws IOException {
        Map<String, String> files = new TreeMap<>();
        try (Stream<Path> all = Files.walk(directory)) {
            for (Path file : all.filter(Files::isRegularFile).toList()) {
                files.put(
                        file.toString(),
                        Arrays.hashCode(Files.readAllBytes(file)) + " " + Files.getLastModifiedTime(file));
            }
        }
        return files;
    }

    /** What a replay has sent. */
    static List<ConsumerRecord<byte[], byte[]>> sent(DeliveredLogs logs) {
        return logs.delivered().stream()
                .filter(record -> record.headers().lastHeader(MARK) != null)
                .toList();
    }

    static String header(ConsumerRecord<byte[], byte[]> record, String name) {
        return new String(record.headers().lastHeader(name).value(), UTF_8);
    }

    /** Key, value and headers but for the mark. */
    static List<String> texts(List<ConsumerRecord<byte[], byte[]>> records) {
        return records.stream()
                .map(record -> {
                    List<String> headers = new ArrayList<>();
                    for (Header header : record.headers()) {
                        if (!header.key().equals(MARK)) {
                            headers.add(header.key() + "=" + new String(header.value(), UTF_8));
                        }
                    }
                    String key = record.key() == null ? "" : new String(record.key(), UTF_8);
                    return record.partition() + " " + key + " " + new String(record.value(), UTF_8) + " " + headers;
                })
                .toList();
    }

    static List<String> valuesOf(List<ConsumerRecord<byte[], byte[]>> records) {
        return records.stream().map(record -> new String(record.value(), UTF_8)).toList();
    }

    static List<Long> offsets(List<ConsumerRecord<byte[], byte[]>> records) {
        return records.stream()
                .map(record -> Long.valueOf(header(record, "log.offset")))
                .sorted()
                .toList();
    }
}
