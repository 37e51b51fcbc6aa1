import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** A topic, as a consumer sees it that reads what is committed, against the records of all writers. */
final class SoakTopic {
    private static final int MOST_EXAMPLES = 20;
    private static final int COMMIT_SECONDS = 30;

    private final Map<String, Seen> seen = new HashMap<>();
    private final List<String> examples = new ArrayList<>();
    private long arrived;
    private long wrong;
    private long doubled;
    private long outOfOrder;

    private static final class Seen {
        final SoakRecords expected;
        final long written;
        final BitSet matches = new BitSet();
        final Map<Integer, Long> last = new HashMap<>();

        Seen(SoakWriter writer) {
            this.expected = new SoakRecords(writer.records.name, SoakRecords.LONGEST_BYTES);
            this.written = writer.written;
        }
    }

    SoakTopic(Map<String, SoakWriter> writers) {
        writers.forEach((name, writer) -> seen.put(name, new Seen(writer)));
    }

    String compare(String bootstrap, String topic) throws InterruptedException {
        try (var consumer = new KafkaConsumer<byte[], byte[]>(settings(bootstrap, "read_committed"))) {
            List<TopicPartition> partitions = consumer.partitionsFor(topic).stream()
                    .map(info -> new TopicPartition(topic, info.partition()))
                    .toList();
            consumer.assign(partitions);
            // From offset 0: a record that retention took away is missing.
            partitions.forEach(partition -> consumer.seek(partition, 0));
            Map<TopicPartition, Long> ends = ends(consumer, partitions, bootstrap);
            while (partitions.stream().anyMatch(partition -> consumer.position(partition) < ends.get(partition))) {
                consumer.poll(Duration.ofSeconds(1)).forEach(this::take);
            }
        }
        return result();
    }

    /** Where what is committed ends. A commit that the daemon was told of may still be on its way to the partitions. */
    private static Map<TopicPartition, Long> ends(
            KafkaConsumer<byte[], byte[]> consumer, List<TopicPartition> partitions, String bootstrap)
            throws InterruptedException {
        Map<TopicPartition, Long> written;
        try (var other = new KafkaConsumer<byte[], byte[]>(settings(bootstrap, "read_uncommitted"))) {
            written = other.endOffsets(partitions);
        }
        Map<TopicPartition, Long> committed = consumer.endOffsets(partitions);
        for (int i = 0; i < COMMIT_SECONDS && !committed.equals(written); i++) {
            Thread.sleep(1000);
            committed = consumer.endOffsets(partitions);
        }
        return committed;
    }

    private static Map<String, Object> settings(String bootstrap, String isolation) {
        Map<String, Object> settings = new HashMap<>();
        settings.put("bootstrap.servers", bootstrap);
        settings.put("isolation.level", isolation);
        settings.put("key.deserializer", ByteArrayDeserializer.class);
        settings.put("value.deserializer", ByteArrayDeserializer.class);
        settings.put("default.api.timeout.ms", 180_000);
        settings.put("enable.auto.commit", false);
        settings.put("auto.offset.reset", "none");
        settings.put("max.poll.records", 20_000);
        settings.put("max.partition.fetch.bytes", 8 << 20);
        settings.put("enable.metrics.push", false);
        return settings;
    }

    private void take(ConsumerRecord<byte[], byte[]> record) {
        arrived++;
        byte[] value = record.value();
        String path = header(record, "log.file.path");
        String file = path.substring(path.lastIndexOf('/') + 1);
        Seen of = seen.get(file.substring(0, file.indexOf('.')));
        long n = number(value);
        String rule = header(record, "pickaroon.rule");
        SoakRecords expected = of.expected;
        expected.end = 0;
        boolean isRight = n >= 0
                && n < of.written
                && (rule.equals("errors") && expected.isError(n) || rule.equals("cards") && expected.isCard(n));
        if (isRight) {
            expected.add(n, SoakRecords.Form.EMITTED);
            isRight = Arrays.equals(value, 0, value.length, expected.bytes, 0, expected.end);
        }
        if (!isRight) {
            wrong++;
            String text = new String(value, 0, Math.min(value.length, 120), StandardCharsets.ISO_8859_1);
            example("%s: record %d of rule %s arrived as %s".formatted(path, n, rule, text));
            return;
        }
        int match = Math.toIntExact(expected.match(n));
        if (of.matches.get(match)) {
            doubled++;
            example("%s: record %d arrived again, at offset %d".formatted(path, n, record.offset()));
        }
        of.matches.set(match);
        Long last = of.last.put(record.partition(), n);
        if (last != null && last >= n) {
            outOfOrder++;
            example("%s: record %d came after %d".formatted(path, n, last));
        }
    }

    private static String header(ConsumerRecord<byte[], byte[]> record, String name) {
        Header header = record.headers().lastHeader(name);
        return header == null ? "/." : new String(header.value(), StandardCharsets.UTF_8);
    }

    /** What follows the first "n=", or -1. */
    private static long number(byte[] value) {
        for (int i = 0; i + 2 < value.length; i++) {
            if (value[i] == 'n' && value[i + 1] == '=') {
                long n = 0;
                for (int at = i + 2; at < value.length && value[at] >= '0' && value[at] <= '9'; at++) {
                    n = n * 10 + value[at] - '0';
                }
                return n;
            }
        }
        return -1;
    }

    private String result() {
        long expected = 0;
        long missing = 0;
        for (Seen of : seen.values()) {
            long matches = of.expected.matches(of.written);
            expected += matches;
            missing += matches - of.matches.cardinality();
            int match = of.matches.nextClearBit(0);
            for (int i = 0; i < MOST_EXAMPLES && match < matches; i++) {
                example("%s: match %d is missing".formatted(of.expected.name, match));
                match = of.matches.nextClearBit(match + 1);
            }
        }
        return "{\"expected\": %d, \"arrived\": %d, \"doubled\": %d, \"missing\": %d, \"wrong\": %d, \"outOfOrder\": %d,"
                        .formatted(expected, arrived, doubled, missing, wrong, outOfOrder)
                + " \"examples\": ["
                + String.join(", ", examples.stream().map(SoakLogs::quoted).toList()) + "]}";
    }

    private void example(String text) {
        if (examples.size() < MOST_EXAMPLES) {
            examples.add(text);
        }
    }
}
