package io.pickaroon.connectors.kafka.send;

import io.pickaroon.connectors.kafka.client.KafkaFailures;
import io.pickaroon.connectors.kafka.client.RefusalReason;
import io.pickaroon.connectors.kafka.records.ReadTimeReason;
import io.pickaroon.connectors.kafka.records.RecordSize;
import io.pickaroon.connectors.kafka.records.RefusedMatch;
import io.pickaroon.connectors.kafka.records.TopicRoute;
import io.pickaroon.connectors.kafka.records.WindowRecords;
import io.pickaroon.processor.delivery.DeliveryException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;
import org.apache.kafka.common.errors.RecordTooLargeException;

/**
 * Sends one window: each match is a Kafka record of its own, with one answer for all of them.
 *
 * <p>The answer comes once: without an error when the brokers have acknowledged every record that they did not refuse,
 * or with the first error that concerns more than one record. Refused matches are collected as dead letters, or are an
 * error. Each record is made when it is sent, so that a waiting window holds no records.
 *
 * <p>Without a transaction, {@link #rest} may have to be sent again: records whose timestamp was refused, and those whose
 * batch was dropped because of another record.
 *
 * <p>{@link #start} runs on one thread, answers of the brokers come on the producer's network thread.
 */
final class WindowTransfer implements Transfer {
    private final WindowRecords records;
    private final boolean collectsRefused;
    private final Optional<Refusals> refusals;
    private final LongAdder acknowledgedRecords;
    /** The matches to send; empty for all. */
    private final Optional<int[]> selected;

    private final TransferOutcome outcome;
    private final AtomicInteger unanswered = new AtomicInteger();
    private final AtomicBoolean failed = new AtomicBoolean();
    private volatile Exception dropped;
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
        this(records, collectsRefused, refusals, acknowledgedRecords, Optional.empty(), new TransferOutcome());
    }

    private WindowTransfer(
            WindowRecords records,
            boolean collectsRefused,
            Optional<Refusals> refusals,
            LongAdder acknowledgedRecords,
            Optional<int[]> selected,
            TransferOutcome outcome) {
        this.records = records;
        this.collectsRefused = collectsRefused;
        this.refusals = refusals;
        this.acknowledgedRecords = acknowledgedRecords;
        this.selected = selected;
        this.outcome = outcome;
    }

    WindowRecords records() {
        return records;
    }

    /** Matches that are refused for good, in file order; complete when the answer has come. */
    List<RefusedMatch> refused() {
        return outcome.refused();
    }

    /** Why records have the time at which they were read; complete when the answer has come. */
    List<ReadTimeReason> readTimes() {
        return outcome.readTimes();
    }

    /**
     * What has to be sent again after the answer. Where a timestamp was refused, it has the time at which it was read.
     *
     * @return empty if all is acknowledged or refused
     */
    Optional<WindowTransfer> rest() {
        return outcome.rest()
                .map(rest -> new WindowTransfer(
                        records.again(),
                        collectsRefused,
                        refusals,
                        acknowledgedRecords,
                        Optional.of(rest.matches()),
                        rest.outcome()));
    }

    @Override
    public void start(Transport transport, Consumer<Exception> whenDone) {
        this.whenDone = whenDone;
        int size = selected.map(matches -> matches.length).orElse(records.size());
        unanswered.set(size + 1);
        int answered = 1;
        try {
            for (int i = 0; i < size && !failed.get(); i++) {
                if (!send(selected.isPresent() ? selected.get()[i] : i, transport)) {
                    answered++;
                }
            }
        } catch (RuntimeException e) {
            fail(e);
        }
        answered(answered);
    }

    private boolean isAtReadTime(String topic) {
        return outcome.isAtReadTime(topic)
                || refusals.isPresent() && refusals.get().isAtReadTime(topic);
    }

    private boolean send(int match, Transport transport) {
        if (!records.isSent(match)) {
            return false;
        }
        Optional<RefusedMatch> refusal = records.make(match, this::isAtReadTime).or(() -> refusal(match));
        if (refusal.isPresent()) {
            refuse(refusal.get());
            return false;
        }
        records.readTimeReason().ifPresent(reason -> {
            outcome.readTime(match, reason);
            records.sayReadTime();
        });
        TopicRoute route = records.route();
        transport.send(records.record(), (_, failure) -> onAnswer(match, route, failure));
        return true;
    }

    /** Why the record that was made last will not be taken, as far as that is known before it is sent. */
    private Optional<RefusedMatch> refusal(int match) {
        TopicRoute route = records.route();
        if (!records.fitsForCertain()) {
            int sizeBytes = RecordSize.upperBound(records.record());
            if (sizeBytes > route.maxRecordBytes()) {
                return Optional.of(
                        new RefusedMatch(match, route.topic(), RefusalReason.TOO_LARGE, route.tooLarge(sizeBytes)));
            }
        }
        return refusals.flatMap(known -> known.refusal(records.window(), match, route.topic()))
                .map(known -> new RefusedMatch(match, route.topic(), known.reason(), known.text()));
    }

    private void onAnswer(int match, TopicRoute route, Exception failure) {
        if (failure == null) {
            acknowledgedRecords.increment();
            answered(1);
        } else if (KafkaFailures.refusesOthersOfBatch(failure) || isOfOthers(failure)) {
            outcome.dropped(match);
            drop(failure);
        } else if (KafkaFailures.refusesTimestamp(failure) && isTriedWithReadTime(match, route, failure)) {
            records.timeRefused(match, route.topic(), failure.getMessage());
            drop(failure);
        } else if (KafkaFailures.refusesRecord(failure) && (collectsRefused || !KafkaFailures.refusesTopic(failure))) {
            boolean tooLarge = failure instanceof RecordTooLargeException;
            String text = tooLarge ? route.tooLargeForTopic(records.recordBytes(match)) : failure.getMessage();
            if (collectsRefused && refusals.isPresent()) {
                refusals.get().learn(records.window(), match, route.topic(), failure, text);
                fail(failure);
            } else {
                refuse(new RefusedMatch(match, route.topic(), KafkaFailures.reason(failure), text));
                answered(1);
            }
        } else {
            fail(failure);
        }
    }

    /** Whether a batch of the transaction failed in which records are refused that are known by now. */
    private boolean isOfOthers(Exception failure) {
        return refusals.isPresent() && refusals.get().hasLearnt() && KafkaFailures.isOfWholeBatch(failure);
    }

    private boolean isTriedWithReadTime(int match, TopicRoute route, Exception failure) {
        return refusals.isPresent()
                ? refusals.get().learnTime(route.topic(), failure)
                : outcome.timeRefused(match, route.topic());
    }

    /** The record is sent again, with the window or the whole transaction. */
    private void drop(Exception failure) {
        dropped = failure;
        answered(1);
    }

    private void refuse(RefusedMatch match) {
        if (collectsRefused) {
            outcome.refuse(match);
        } else {
            fail(DeliveryException.fatal(
                    ("Kafka refuses the record in %s: %s; change the limit or the permission, or set"
                                    + " output.kafka.onRefusedRecord: dead-letter")
                            .formatted(records.origin(match.match()), match.text()),
                    null));
        }
    }

    private void answered(int records) {
        if (unanswered.addAndGet(-records) != 0 || failed.get()) {
            return;
        }
        whenDone.accept(refusals.isEmpty() && outcome.mayTryAgain() ? null : dropped);
    }

    private void fail(Exception failure) {
        if (failed.compareAndSet(false, true)) {
            whenDone.accept(failure);
        }
    }
}
