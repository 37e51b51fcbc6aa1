package io.pickaroon.connectors.kafka.send;

import io.pickaroon.connectors.kafka.client.RefusalReason;
import io.pickaroon.connectors.kafka.records.ReadTimeReason;
import io.pickaroon.connectors.kafka.records.RefusedMatch;
import io.pickaroon.connectors.kafka.settings.RefusedRecords;
import io.pickaroon.connectors.ndjson.NdjsonFile;
import io.pickaroon.processor.delivery.Acknowledgement;
import io.pickaroon.processor.delivery.DeliveryException;
import io.pickaroon.processor.delivery.DeliveryReasons;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.clients.producer.ProducerRecord;

/** Diverts the matches of a session that the brokers refuse: to a topic, to a file, or nowhere. Thread-safe. */
public final class DeadLetterBox {
    private final RefusedRecords destination;
    private final Optional<NdjsonFile> file;
    private final int maxDeadLetterBytes;

    /** @param file present if the destination is a file; not closed here */
    public DeadLetterBox(RefusedRecords destination, Optional<NdjsonFile> file, int maxDeadLetterBytes) {
        this.destination = destination;
        this.file = file;
        this.maxDeadLetterBytes = maxDeadLetterBytes;
    }

    /** False if a refused match ends the session. */
    boolean collects() {
        return !(destination instanceof RefusedRecords.Stop);
    }

    /** The records to send for the refused matches of a window. */
    List<ProducerRecord<byte[], byte[]>> records(WindowTransfer transfer) {
        return destination instanceof RefusedRecords.ToTopic letters
                ? DeadLetters.records(transfer, letters.topic(), maxDeadLetterBytes)
                : List.of();
    }

    /**
     * Makes the refused matches of a window durable if the destination is a file. Blocks.
     *
     * @throws DeliveryException if the file cannot be written
     */
    void append(WindowTransfer transfer) {
        if (file.isPresent() && !transfer.refused().isEmpty()) {
            DeadLetters.append(transfer, file.get());
        }
    }

    /** The acknowledgement of a window whose matches are all durable, the refused ones as dead letters. */
    Acknowledgement acknowledge(WindowTransfer transfer) {
        List<RefusedMatch> refused = transfer.refused();
        if (refused.isEmpty() && transfer.readTimes().isEmpty()) {
            return Acknowledgement.of(transfer.records().window());
        }
        refused.forEach(transfer.records()::sayDeadLetter);
        long refusedBytes = refused.stream()
                .mapToLong(match -> transfer.records().recordBytes(match.match()))
                .sum();
        return new Acknowledgement(transfer.records().window(), refused.size(), refusedBytes, reasons(transfer));
    }

    private static DeliveryReasons reasons(WindowTransfer transfer) {
        return new DeliveryReasons(
                counts(transfer.refused().stream().map(RefusedMatch::reason).map(RefusalReason::word)),
                counts(transfer.readTimes().stream().map(ReadTimeReason::word)));
    }

    private static Map<String, Long> counts(Stream<String> words) {
        return words.collect(Collectors.groupingBy(word -> word, Collectors.counting()));
    }
}
