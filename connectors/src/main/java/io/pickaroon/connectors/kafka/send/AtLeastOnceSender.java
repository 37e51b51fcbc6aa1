package io.pickaroon.connectors.kafka.send;

import io.pickaroon.connectors.kafka.records.WindowRecords;
import io.pickaroon.connectors.kafka.send.RecordPreparation.SmallerTopic;
import io.pickaroon.connectors.kafka.settings.KafkaSinkSettings.Limits;
import io.pickaroon.processor.delivery.Acknowledgement;
import io.pickaroon.processor.delivery.DeliveredPosition;
import io.pickaroon.processor.file.FileIdentity;
import io.pickaroon.processor.scan.ScannedWindow;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;
import reactor.kafka.sender.SenderRecord;

/**
 * Sends at least once: many windows are in flight at the same time, each acknowledged when its records are.
 *
 * <p>Acknowledgements are emitted in the order of the windows, also for windows without a match: so no later stage
 * holds more windows than may be in flight here.
 */
public final class AtLeastOnceSender implements Sender {
    private final Limits limits;
    private final SessionResources session;

    public AtLeastOnceSender(Limits limits, SessionResources session) {
        this.limits = limits;
        this.session = session;
    }

    /** Empty: the brokers know no files. */
    @Override
    public Map<FileIdentity, DeliveredPosition> positions() {
        return Map.of();
    }

    @Override
    public Flux<Acknowledgement> send(Flux<ScannedWindow> windows) {
        InFlightGate gate = new InFlightGate(windows, limits.maxInFlightWindows(), limits.maxInFlightBytes());
        Flux<Acknowledgement> acknowledged = session.preparation().isNeeded()
                ? sendNamed(gate)
                : gate.flatMapSequential(this::send, Integer.MAX_VALUE, 1);
        return acknowledged.doOnNext(acknowledgement -> gate.release(acknowledgement.window()));
    }

    /** Topics are found one window after the other, and before the end of the session those in flight are acknowledged. */
    private Flux<Acknowledgement> sendNamed(InFlightGate gate) {
        AtomicReference<SmallerTopic> smaller = new AtomicReference<>();
        return gate.concatMap(this::resolved, Integer.MAX_VALUE)
                .onErrorResume(SmallerTopic.class, topic -> {
                    smaller.set(topic);
                    return Flux.empty();
                })
                .onErrorMap(session.failures()::toDeliveryException)
                .flatMapSequential(this::sendRecords, Integer.MAX_VALUE, 1)
                .concatWith(Mono.defer(() -> smaller.get() == null
                        ? Mono.empty()
                        : Mono.error(smaller.get().ending())));
    }

    private Mono<WindowRecords> resolved(ScannedWindow window) {
        WindowRecords records = session.preparation().of(window);
        return window.matches().isEmpty()
                ? Mono.just(records)
                : session.preparation().resolve(List.of(records)).map(_ -> records);
    }

    private Mono<Acknowledgement> send(ScannedWindow window) {
        return window.matches().isEmpty()
                ? Mono.just(Acknowledgement.of(window))
                : sendRecords(session.preparation().of(window));
    }

    private Mono<Acknowledgement> sendRecords(WindowRecords records) {
        if (records.size() == 0) {
            return Mono.just(Acknowledgement.of(records.window()));
        }
        WindowTransfer transfer = new WindowTransfer(
                records, session.deadLetters().collects(), session.inFlight().answers());
        session.inFlight().windows().incrementAndGet();
        return sendAll(transfer)
                .flatMap(this::divertRefused)
                .doOnNext(_ -> session.inFlight().windows().decrementAndGet())
                .onErrorMap(session.failures()::toDeliveryException);
    }

    /** Completes with the transfer that sent the last of the window. */
    private Mono<WindowTransfer> sendAll(WindowTransfer transfer) {
        return session.sender()
                .send(Mono.just(SenderRecord.create("", null, null, (byte[]) null, (byte[]) null, transfer)))
                .then(Mono.defer(() -> transfer.rest().map(this::sendAll).orElse(Mono.just(transfer))));
    }

    private Mono<Acknowledgement> divertRefused(WindowTransfer transfer) {
        if (transfer.refused().isEmpty()) {
            return Mono.just(session.deadLetters().acknowledge(transfer));
        }
        return session.sender()
                .send(Flux.fromIterable(session.deadLetters().records(transfer))
                        .map(letter -> SenderRecord.create(letter, null)))
                .then(Mono.fromRunnable(() -> session.deadLetters().append(transfer))
                        .subscribeOn(Schedulers.boundedElastic())
                        .publishOn(session.acknowledging()))
                .then(Mono.fromSupplier(() -> session.deadLetters().acknowledge(transfer)));
    }
}
