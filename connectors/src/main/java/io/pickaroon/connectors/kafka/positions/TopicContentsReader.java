package io.pickaroon.connectors.kafka.positions;

import io.pickaroon.connectors.kafka.claim.Claim;
import io.pickaroon.connectors.kafka.claim.ClaimCodec;
import io.pickaroon.connectors.kafka.claim.StoredPosition;
import io.pickaroon.connectors.kafka.claim.TopicContents;
import io.pickaroon.connectors.kafka.positions.PositionsTopic.Interest;
import io.pickaroon.processor.file.FileIdentity;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * Builds the contents of the topic from its records, in their order. It also keeps positions that are not of interest
 * while they are few: then the topic is not read a second time when more of them matter. For one thread.
 */
final class TopicContentsReader {
    /** Some megabytes. */
    private static final int MOST_OTHERS = 10_000;

    private final Interest interest;
    private final String bootstrapServers;
    private final String topic;

    private final Map<String, PositionCodec> codecs = new HashMap<>();
    private final Map<String, Claim> claims = new HashMap<>();
    private final Map<String, Map<FileIdentity, StoredPosition>> positions = new HashMap<>();
    /** Positions that are not of interest, until they are too many. */
    private Map<String, Map<FileIdentity, StoredPosition>> others = new HashMap<>();

    private int otherCount;
    /** By name and key: a later record with the same key replaces a malformed one too. */
    private final Map<String, Map<String, String>> unreadable = new HashMap<>();

    TopicContentsReader(Interest interest, String bootstrapServers, String topic) {
        this.interest = interest;
        this.bootstrapServers = bootstrapServers;
        this.topic = topic;
    }

    void take(ConsumerRecord<byte[], byte[]> record) {
        if (record.key() == null) {
            return;
        }
        Optional<String> claimed = ClaimCodec.name(record.key());
        Optional<String> name = claimed.or(() -> PositionCodec.instance(record.key()));
        if (name.isEmpty()) {
            return;
        }
        Map<String, String> problems = unreadable.computeIfAbsent(name.get(), _ -> new LinkedHashMap<>());
        String key = new String(record.key(), StandardCharsets.UTF_8);
        problems.remove(key);
        try {
            if (claimed.isPresent()) {
                takeClaim(name.get(), record.value());
            } else {
                takePosition(name.get(), record);
            }
        } catch (IOException e) {
            if (record.value() == null) {
                return;
            }
            problems.put(
                    key,
                    ("Kafka at %s: the %s at offset %d of topic '%s' cannot be understood: %s; run the version of"
                                    + " Pickaroon that wrote it, or give this one another 'instance'")
                            .formatted(
                                    bootstrapServers,
                                    claimed.isPresent() ? "claim" : "position",
                                    record.offset(),
                                    topic,
                                    e.getMessage()));
        }
    }

    private void takeClaim(String name, byte[] value) throws IOException {
        if (value == null) {
            claims.remove(name);
        } else {
            claims.put(name, ClaimCodec.claim(value));
        }
    }

    private void takePosition(String name, ConsumerRecord<byte[], byte[]> record) throws IOException {
        PositionCodec codec = codecs.computeIfAbsent(name, PositionCodec::new);
        FileIdentity file = codec.file(record.key()).orElseThrow();
        if (interest.in(name, file)) {
            put(positions, name, file, record.value(), codec);
        } else if (otherCount <= MOST_OTHERS) {
            otherCount += put(others, name, file, record.value(), codec);
            if (otherCount > MOST_OTHERS) {
                others = Map.of();
            }
        }
    }

    /** Returns by how many the positions grew. */
    private static int put(
            Map<String, Map<FileIdentity, StoredPosition>> all,
            String name,
            FileIdentity file,
            byte[] value,
            PositionCodec codec)
            throws IOException {
        Map<FileIdentity, StoredPosition> files = all.computeIfAbsent(name, _ -> new HashMap<>());
        if (value == null) {
            return files.remove(file) == null ? 0 : -1;
        }
        return files.put(file, codec.stored(value)) == null ? 1 : 0;
    }

    TopicContents contents() {
        Map<String, String> firstProblems = new HashMap<>();
        unreadable.forEach((name, problems) ->
                problems.values().stream().findFirst().ifPresent(problem -> firstProblems.put(name, problem)));
        others.forEach((name, files) ->
                positions.computeIfAbsent(name, _ -> new HashMap<>()).putAll(files));
        return new TopicContents(claims, positions, firstProblems, otherCount <= MOST_OTHERS);
    }
}
