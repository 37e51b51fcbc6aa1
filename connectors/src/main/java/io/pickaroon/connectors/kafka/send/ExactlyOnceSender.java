package io.pickaroon.connectors.kafka.send;

import io.pickaroon.connectors.kafka.positions.PositionUpdates;
import io.pickaroon.connectors.kafka.records.WindowRecords;
import io.pickaroon.connectors.kafka.send.RecordPreparation.SmallerTopic;
import io.pickaroon.connectors.kafka.settings.Guarantee.ExactlyOnce;
import io.pickaroon.processor.delivery.Acknowledgement;
import io.pickaroon.processor.delivery.DeliveredPosition;
import io.pickaroon.processor.delivery.LatencyHistogram;
import io.pickaroon.processor.file.FileIdentity;
import io.pickaroon.processor.metrics.StartTrace;
import io.pickaroon.processor.scan.ScannedWindow;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;
import reactor.kafka.sender.SenderRecord;
import reactor.kafka.sender.TransactionManager;

/**
 * Sends exactly once: one transaction after the other, each with the matches of a group of windows and the positions
 * that the group reaches. A group is acknowledged after its commit.
 *
 * <p>A group without a match needs no transaction: it is acknowledged in its turn, and its positions wait for the next
 * one. If there is none for the position interval, and at the end, a transaction carries positions alone. The next
 * transaction also removes the records of forgotten files from the positions topic.
 *
 * <p>If the outcome of a commit is unknown, the session fails; the next session finds it in the positions.
 */
public final class ExactlyOnceSender implements Sender {
    private static final Logger LOG = LoggerFactory.getLogger(ExactlyOnceSender.class);

    private final ExactlyOnce guarantee;
    private final Duration transactionTimeout;
    private final SessionResources session;
    private final PositionUpdates updates;
    private final LatencyHistogram transactions;
    private final InstantSource clock;

    private Instant lastWritten;
    private Instant lastBegun;

    /**
     * @param transactionTimeout how long the brokers leave a transaction open
     * @param updates makes the records for the positions topic
     * @param transactions counts how long each transaction took
     */
    public ExactlyOnceSender(
            ExactlyOnce guarantee,
            Duration transactionTimeout,
            SessionResources session,
            PositionUpdates updates,
            LatencyHistogram transactions,
            InstantSource clock) {
        this.guarantee = guarantee;
        this.transactionTimeout = transactionTimeout;
        this.session = session;
        this.updates = updates;
        this.transactions = transactions;
        this.clock = clock;
        this.lastWritten = clock.instant();
        this.lastBegun = lastWritten;
    }

    @Override
    public Map<FileIdentity, DeliveredPosition> positions() {
        return updates.atStart();
    }

    @Override
    public Flux<Acknowledgement> send(Flux<ScannedWindow> windows) {
        // The next group is sent while the engine still handles the acknowledgements of the last one.
        return new WindowGroups(windows, guarantee.groupBytes(), guarantee.gatherTime(), session.acknowledging())
                .concatMap(this::deliver, 0)
                .concatWith(Mono.defer(this::writePositionsAtEnd))
                .publishOn(session.acknowledging(), 1)
                .flatMapIterable(acknowledgements -> acknowledgements, 1);
    }

    private Mono<List<Acknowledgement>> deliver(List<ScannedWindow> group) {
        boolean anyMatch = group.stream().anyMatch(window -> !window.matches().isEmpty());
        if (!anyMatch && clock.instant().isBefore(lastWritten.plus(guarantee.positionInterval()))) {
            group.forEach(updates::reached);
            return Mono.just(group.stream().map(Acknowledgement::of).toList());
        }
        List<WindowRecords> records =
                group.stream().map(session.preparation()::of).toList();
        Mono<List<Acknowledgement>> delivered = session.preparation().isNeeded()
                ? session.preparation()
                        .resolve(records)
                        .onErrorMap(SmallerTopic.class, SmallerTopic::ending)
                        .flatMap(topics -> topicsClaimed(topics).then(Mono.defer(() -> deliver(group, records))))
                : deliver(group, records);
        return delivered.onErrorMap(failure -> session.failures().ofTransaction(failure, isOverdue()));
    }

    private Mono<List<Acknowledgement>> deliver(List<ScannedWindow> group, List<WindowRecords> records) {
        group.forEach(updates::reached);
        session.inFlight().windows().addAndGet(group.size());
        return claimRenewed()
                .then(attempt(records, new Refusals()))
                .doOnSuccess(_ -> session.inFlight().windows().addAndGet(-group.size()));
    }

    /** The claim has the topics before a transaction writes to them. */
    private Mono<Void> topicsClaimed(Set<String> topics) {
        return updates.writesTo(topics, session.preparation().known())
                ? claimRenewed().then(attempt(List.of(), new Refusals())).then()
                : Mono.empty();
    }

    private Mono<List<Acknowledgement>> writePositionsAtEnd() {
        updates.windowsEnded();
        if (updates.records(clock.instant()).isEmpty()) {
            return Mono.empty();
        }
        return claimRenewed().then(attempt(List.of(), new Refusals())).onErrorResume(failure -> {
            LOG.debug("the last positions were not written", failure);
            return Mono.empty();
        });
    }

    /** The checkpoint may have to know first that positions go on. */
    private Mono<Void> claimRenewed() {
        return updates.isRenewalDue()
                ? Mono.<Void>fromRunnable(this::renewClaim).subscribeOn(Schedulers.boundedElastic())
                : Mono.empty();
    }

    /** It is interrupted if the session is cancelled; then no transaction follows. */
    private void renewClaim() {
        try {
            updates.renewClaim();
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    private Mono<List<Acknowledgement>> attempt(List<WindowRecords> group, Refusals refusals) {
        TransactionManager manager = session.sender().transactionManager();
        return Mono.defer(() -> {
            lastBegun = clock.instant();
            refusals.beginAttempt();
            GroupTransfer transfer = transfer(group, refusals);
            return manager.begin()
                    .thenMany(session.sender()
                            .send(Mono.just(
                                    SenderRecord.create("", null, null, (byte[]) null, (byte[]) null, transfer))))
                    .then(manager.commit())
                    .then(Mono.fromSupplier(() -> committed(transfer)))
                    .onErrorResume(
                            _ -> refusals.hasLearnt(), _ -> manager.abort().then(attempt(again(group), refusals)));
        });
    }

    private static List<WindowRecords> again(List<WindowRecords> group) {
        return group.stream().map(WindowRecords::again).toList();
    }

    private GroupTransfer transfer(List<WindowRecords> group, Refusals refusals) {
        List<WindowTransfer> windows = group.stream()
                .map(records -> new WindowTransfer(
                        records,
                        session.deadLetters().collects(),
                        Optional.of(refusals),
                        session.inFlight().answers()))
                .toList();
        return new GroupTransfer(windows, () -> updates.records(clock.instant()), session.deadLetters());
    }

    private List<Acknowledgement> committed(GroupTransfer transfer) {
        updates.committed();
        StartTrace.phase("Kafka: first transaction committed");
        lastWritten = clock.instant();
        transactions.add(Duration.between(lastBegun, lastWritten).toNanos());
        session.inFlight().answers().increment();
        return transfer.windows().stream()
                .map(session.deadLetters()::acknowledge)
                .toList();
    }

    /** The brokers abort a transaction that takes longer, and fence its producer. */
    private boolean isOverdue() {
        return Duration.between(lastBegun, clock.instant()).compareTo(transactionTimeout) >= 0;
    }
}
