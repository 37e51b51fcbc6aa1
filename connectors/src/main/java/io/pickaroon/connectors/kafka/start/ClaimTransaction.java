package io.pickaroon.connectors.kafka.start;

import io.pickaroon.connectors.kafka.claim.Claim;
import io.pickaroon.connectors.kafka.claim.StoredPosition;
import io.pickaroon.connectors.kafka.claim.TopicContents;
import io.pickaroon.connectors.kafka.positions.PositionRecords;
import io.pickaroon.processor.file.FileIdentity;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;

/**
 * The records that a start writes to the positions topic first; none if the topic has them already. For one thread. It
 * sends nothing.
 */
final class ClaimTransaction {
    /** A run without a checkpoint that has written nothing for this long counts as ended. */
    private static final Duration LEFTOVER = Duration.ofDays(1);

    private final PositionRecords name;
    private final String nameText;
    private final TopicContents contents;
    private final Instant now;
    private final List<ProducerRecord<byte[], byte[]>> records = new ArrayList<>();

    /** @param contents the committed contents of the topic */
    ClaimTransaction(PositionRecords name, String nameText, TopicContents contents, Instant now) {
        this.name = name;
        this.nameText = nameText;
        this.contents = contents;
        this.now = now;
    }

    void claim(Claim claim) {
        Claim before = contents.claims().get(nameText);
        if (before == null || !before.saysTheSameAs(claim)) {
            records.add(name.claim(claim));
        }
    }

    void add(Map<FileIdentity, StoredPosition> positions) {
        positions.forEach((file, stored) -> records.add(name.position(file, stored)));
    }

    void remove(Set<FileIdentity> files) {
        files.forEach(file -> records.add(name.removal(file)));
    }

    /** Moves the positions to this name and removes the former one. */
    void move(PositionRecords former, String formerText, Map<FileIdentity, StoredPosition> positions) {
        add(positions);
        remove(former, formerText);
    }

    private void remove(PositionRecords other, String otherText) {
        contents.positions(otherText).keySet().forEach(file -> records.add(other.removal(file)));
        records.add(other.claimRemoval());
    }

    void removeLeftovers(TopicPartition partition) {
        contents.claims().forEach((other, claim) -> {
            Instant written = contents.lastWritten(other).orElse(claim.claimedAt());
            if (claim.passing() && !other.equals(nameText) && written.isBefore(now.minus(LEFTOVER))) {
                remove(new PositionRecords(partition, other), other);
            }
        });
    }

    List<ProducerRecord<byte[], byte[]>> records() {
        return List.copyOf(records);
    }
}
