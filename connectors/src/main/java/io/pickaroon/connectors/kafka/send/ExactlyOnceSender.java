package io.pickaroon.connectors.kafka.send;

import io.pickaroon.connectors.kafka.client.KafkaFailures;
import io.pickaroon.connectors.kafka.positions.PositionUpdates;
import io.pickaroon.connectors.kafka.records.TopicRoutes;
import io.pickaroon.connectors.kafka.records.WindowRecords;
import io.pickaroon.connectors.kafka.settings.Guarantee.ExactlyOnce;
import io.pickaroon.processor.delivery.Acknowledgement;
import io.pickaroon.processor.delivery.DeliveredPosition;
import io.pickaroon.processor.delivery.LatencyHistogram;
import io.pickaroon.processor.file.FileIdentity;
import io.pickaroon.processor.scan.ScannedWindow;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.kafka.sender.KafkaSender;
import reactor.kafka.sender.SenderRecord;
import reactor.kafka.sender.TransactionManager;

/**
 * Exactly once: one transaction after the other, each with the matches of a group of windows and the positions that they
 * reach. A group is acknowledged after its commit.
 *
 * <p>A group in which nothing matched needs no transaction: it is acknowledged in its turn, and the positions that it
 * reaches wait for the next one. Without any for the position interval, and at the end, a transaction carries positions
 * alone. Records of forgotten files are removed from the positions topic by the next transaction that there is.
 *
 * <p>When the outcome of a commit is not known the session fails, and the next one reads the positions: they tell.
 */
public final class ExactlyOnceSender implements Sender {
    private static final Logger LOG = LoggerFactory.getLogger(ExactlyOnceSender.class);

    private final ExactlyOnce guarantee;
    private final Duration transactionTimeout;
    private final KafkaSender<byte[], byte[]> sender;
    private final Map<FileIdentity, DeliveredPosition> positions;
    private final PositionUpdates updates;
    private final TopicRoutes lanes;
    private final DeadLetterBox deadLetters;
    private final KafkaFailures failures;
    private final Scheduler acknowledging;
    private final InstantSource clock;
    private final InFlightCounters waiting;
    private final LatencyHistogram transactions;
    private final boolean passing;

    private Instant lastWritten;
    private Instant lastBegun;

    /** @param passing whether the name ends with the session's windows */
    public ExactlyOnceSender(
            ExactlyOnce guarantee,
            Duration transactionTimeout,
            KafkaSender<byte[], byte[]> sender,
            Map<FileIdentity, DeliveredPosition> positions,
            PositionUpdates updates,
            TopicRoutes lanes,
            DeadLetterBox deadLetters,
            KafkaFailures failures,
            Scheduler acknowledging,
            InstantSource clock,
            InFlightCounters waiting,
            LatencyHistogram transactions,
            boolean passing) {
        this.guarantee = guarantee;
        this.transactionTimeout = transactionTimeout;
        this.sender = sender;
        this.positions = positions;
        this.updates = updates;
        this.lanes = lanes;
        this.deadLetters = deadLetters;
        this.failures = failures;
        this.acknowledging = acknowledging;
        this.clock = clock;
        this.waiting = waiting;
        this.transactions = transactions;
        this.passing = passing;
        this.lastWritten = clock.instant();
        this.lastBegun = lastWritten;
    }

    @Override
    public Map<FileIdentity, DeliveredPosition> positions() {
        return positions;
    }

    @Override
    public Flux<Acknowledgement> send(Flux<ScannedWindow> windows) {
        // The next group is sent while the engine still takes what the last one delivered.
        return new WindowGroups(windows, guarantee.groupBytes(), guarantee.gatherTime(), acknowledging)
                .concatMap(this::deliver, 0)
                .concatWith(Mono.defer(this::writePositionsAtEnd))
                .publishOn(acknowledging, 1)
                .flatMapIterable(acknowledgements -> acknowledgements, 1);
    }

    private Mono<List<Acknowledgement>> deliver(List<ScannedWindow> group) {
        group.forEach(updates::reached);
        boolean anyMatch = group.stream().anyMatch(window -> !window.matches().isEmpty());
        if (!anyMatch && clock.instant().isBefore(lastWritten.plus(guarantee.positionInterval()))) {
            return Mono.just(group.stream().map(Acknowledgement::of).toList());
        }
        waiting.windows().addAndGet(group.size());
        return attempt(group, new Refusals())
                .doOnSuccess(_ -> waiting.windows().addAndGet(-group.size()))
                .onErrorMap(failure -> failures.ofTransaction(failure, isOverdue()));
    }

    /** Nothing depends on it: whatever it would say is read again, and emits nothing. */
    private Mono<List<Acknowledgement>> writePositionsAtEnd() {
        if (passing) {
            updates.end();
        }
        if (updates.records(clock.instant()).isEmpty()) {
            return Mono.empty();
        }
        return attempt(List.of(), new Refusals()).onErrorResume(failure -> {
            LOG.debug("the last positions were not written", failure);
            return Mono.empty();
        });
    }

    private Mono<List<Acknowledgement>> attempt(List<ScannedWindow> group, Refusals refusals) {
        TransactionManager transactions = sender.transactionManager();
        return Mono.defer(() -> {
            lastBegun = clock.instant();
            refusals.beginAttempt();
            GroupTransfer transfer = transfer(group, refusals);
            return transactions
                    .begin()
                    .thenMany(sender.send(
                            Mono.just(SenderRecord.create("", null, null, (byte[]) null, (byte[]) null, transfer))))
                    .then(transactions.commit())
                    .then(Mono.fromSupplier(() -> committed(transfer)))
                    .onErrorResume(
                            _ -> refusals.hasLearnt(), _ -> transactions.abort().then(attempt(group, refusals)));
        });
    }

    private GroupTransfer transfer(List<ScannedWindow> group, Refusals refusals) {
        List<WindowTransfer> windows = group.stream()
                .map(window -> new WindowTransfer(
                        new WindowRecords(window, lanes.byRuleId()),
                        deadLetters.collects(),
                        Optional.of(refusals),
                        waiting.answers()))
                .toList();
        return new GroupTransfer(windows, () -> updates.records(clock.instant()), deadLetters);
    }

    private List<Acknowledgement> committed(GroupTransfer transfer) {
        updates.committed();
        lastWritten = clock.instant();
        transactions.add(Duration.between(lastBegun, lastWritten).toNanos());
        waiting.answers().increment();
        return transfer.windows().stream().map(deadLetters::acknowledge).toList();
    }

    /** The brokers themselves end a transaction that takes longer, and fence its producer. */
    private boolean isOverdue() {
        return Duration.between(lastBegun, clock.instant()).compareTo(transactionTimeout) >= 0;
    }
}
