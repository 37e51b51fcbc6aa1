package io.pickaroon.connectors.kafka.positions;

import io.pickaroon.connectors.kafka.claim.Claim;
import io.pickaroon.connectors.kafka.claim.ClaimCodec;
import io.pickaroon.connectors.kafka.claim.StoredPosition;
import io.pickaroon.processor.delivery.DeliveredPosition;
import io.pickaroon.processor.directio.NativePath;
import io.pickaroon.processor.file.FileIdentity;
import java.nio.file.Path;
import java.time.Instant;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;

/** Makes the records of a name for the positions topic. Thread-safe. It sends nothing. */
public final class PositionRecords {
    /** There is no inode 0. */
    private static final FileIdentity NO_FILE = new FileIdentity(0, 0, 0);

    private final TopicPartition partition;
    private final String name;
    private final PositionCodec codec;

    public PositionRecords(TopicPartition partition, String name) {
        this.partition = partition;
        this.name = name;
        this.codec = new PositionCodec(name);
    }

    public TopicPartition partition() {
        return partition;
    }

    /** The record that says how far a file is delivered. */
    public ProducerRecord<byte[], byte[]> position(
            FileIdentity file, Path path, DeliveredPosition position, Instant deliveredAt) {
        return record(codec.key(file), codec.value(NativePath.printable(path), position, deliveredAt));
    }

    public ProducerRecord<byte[], byte[]> position(FileIdentity file, StoredPosition stored) {
        return record(codec.key(file), codec.value(stored.path(), stored.position(), stored.deliveredAt()));
    }

    /** The record by which compaction removes the position of a file. */
    public ProducerRecord<byte[], byte[]> removal(FileIdentity file) {
        return record(codec.key(file), null);
    }

    /** A record that changes no position. */
    public ProducerRecord<byte[], byte[]> nothing() {
        return removal(NO_FILE);
    }

    public ProducerRecord<byte[], byte[]> claim(Claim claim) {
        return record(ClaimCodec.key(name), ClaimCodec.value(claim));
    }

    public ProducerRecord<byte[], byte[]> claimRemoval() {
        return record(ClaimCodec.key(name), null);
    }

    private ProducerRecord<byte[], byte[]> record(byte[] key, byte[] value) {
        return new ProducerRecord<>(partition.topic(), partition.partition(), key, value);
    }
}
