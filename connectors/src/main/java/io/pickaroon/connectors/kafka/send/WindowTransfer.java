package io.pickaroon.connectors.kafka.send;

import io.pickaroon.connectors.kafka.client.KafkaFailures;
import io.pickaroon.connectors.kafka.records.RecordSize;
import io.pickaroon.connectors.kafka.records.RefusedMatch;
import io.pickaroon.connectors.kafka.records.TopicRoute;
import io.pickaroon.connectors.kafka.records.WindowRecords;
import io.pickaroon.processor.delivery.DeliveryException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.RecordTooLargeException;

/**
 * Sends one window: each match is a Kafka record of its own, with one answer for all of them.
 *
 * <p>The answer comes once: without an error when the brokers have acknowledged every record that they did not refuse,
 * or with the first error that concerns more than one record. Refused matches are collected as dead letters, or are an
 * error. Each record is made when it is sent, so that a waiting window holds no records.
 *
 * <p>{@link #start} runs on one thread, answers of the brokers come on the producer's network thread.
 */
final class WindowTransfer implements Transfer {
    private final WindowRecords records;
    private final boolean collectsRefused;
    private final Optional<Refusals> refusals;
    private final LongAdder acknowledgedRecords;
    private final AtomicInteger unanswered = new AtomicInteger();
    private final AtomicBoolean failed = new AtomicBoolean();
    private final List<RefusedMatch> refused = new ArrayList<>();
    private Consumer<Exception> whenDone;

    /**
     * @param collectsRefused false if a refused match ends the transfer with an error
     * @param acknowledgedRecords counts every record that a broker acknowledged
     */
    WindowTransfer(WindowRecords records, boolean collectsRefused, LongAdder acknowledgedRecords) {
        this(records, collectsRefused, Optional.empty(), acknowledgedRecords);
    }

    /**
     * With refusals, a transfer within a transaction: a match that the brokers refuse ends it with an error and is
     * added to the refusals; the next attempt collects that match without sending it.
     */
    WindowTransfer(
            WindowRecords records,
            boolean collectsRefused,
            Optional<Refusals> refusals,
            LongAdder acknowledgedRecords) {
        this.records = records;
        this.collectsRefused = collectsRefused;
        this.refusals = refusals;
        this.acknowledgedRecords = acknowledgedRecords;
    }

    WindowRecords records() {
        return records;
    }

    /** Matches that the brokers refuse for good, in file order; complete when the answer has come. */
    List<RefusedMatch> refused() {
        synchronized (refused) {
            return refused.stream()
                    .sorted(Comparator.comparingInt(RefusedMatch::match))
                    .toList();
        }
    }

    @Override
    public void start(Transport transport, Consumer<Exception> whenDone) {
        this.whenDone = whenDone;
        unanswered.set(records.size() + 1);
        int answered = 1;
        try {
            for (int match = 0; match < records.size() && !failed.get(); match++) {
                if (!send(match, transport)) {
                    answered++;
                }
            }
        } catch (RuntimeException e) {
            fail(e);
        }
        answered(answered);
    }

    private boolean send(int match, Transport transport) {
        Optional<TopicRoute> found = records.route(match);
        if (found.isEmpty()) {
            return false;
        }
        TopicRoute route = found.get();
        ProducerRecord<byte[], byte[]> record = records.record(match, route);
        if (!records.fitsForCertain(match, route)) {
            int sizeBytes = RecordSize.upperBound(record);
            if (sizeBytes > route.maxRecordBytes()) {
                refuse(match, route, route.tooLarge(sizeBytes));
                return false;
            }
        }
        Optional<String> refusal = refusals.flatMap(known -> known.reason(records.window(), match, route.topic()));
        if (refusal.isPresent()) {
            refuse(match, route, refusal.get());
            return false;
        }
        transport.send(record, (_, failure) -> onAnswer(match, route, failure));
        return true;
    }

    private void onAnswer(int match, TopicRoute route, Exception failure) {
        if (failure == null) {
            acknowledgedRecords.increment();
            answered(1);
        } else if (KafkaFailures.refusesRecord(failure) && (collectsRefused || !KafkaFailures.refusesTopic(failure))) {
            boolean tooLarge = failure instanceof RecordTooLargeException;
            String reason = tooLarge ? route.tooLargeForTopic(records.recordBytes(match)) : failure.getMessage();
            if (collectsRefused && refusals.isPresent()) {
                refusals.get().learn(records.window(), match, route.topic(), failure, reason);
                fail(failure);
            } else {
                refuse(match, route, reason);
                answered(1);
            }
        } else {
            fail(failure);
        }
    }

    private void refuse(int match, TopicRoute route, String reason) {
        if (collectsRefused) {
            synchronized (refused) {
                refused.add(new RefusedMatch(match, route, reason));
            }
        } else {
            fail(DeliveryException.fatal(
                    ("Kafka refuses the record in %s: %s; change the limit or the permission, or set"
                                    + " output.kafka.onRefusedRecord: dead-letter")
                            .formatted(records.origin(match), reason),
                    null));
        }
    }

    private void answered(int records) {
        if (unanswered.addAndGet(-records) == 0 && !failed.get()) {
            whenDone.accept(null);
        }
    }

    private void fail(Exception failure) {
        if (failed.compareAndSet(false, true)) {
            whenDone.accept(failure);
        }
    }
}
