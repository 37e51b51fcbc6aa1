package io.pickaroon.connectors.kafka.send;

import io.pickaroon.connectors.kafka.records.WindowRecords;
import io.pickaroon.connectors.kafka.settings.KafkaSinkSettings.Limits;
import io.pickaroon.processor.delivery.Acknowledgement;
import io.pickaroon.processor.delivery.DeliveredPosition;
import io.pickaroon.processor.file.FileIdentity;
import io.pickaroon.processor.scan.ScannedWindow;
import java.util.Map;
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
        return gate.flatMapSequential(this::send, Integer.MAX_VALUE, 1)
                .doOnNext(acknowledgement -> gate.release(acknowledgement.window()));
    }

    private Mono<Acknowledgement> send(ScannedWindow window) {
        if (window.matches().isEmpty()) {
            return Mono.just(Acknowledgement.of(window));
        }
        WindowRecords records = new WindowRecords(window, session.routes().byRuleId());
        WindowTransfer transfer = new WindowTransfer(
                records, session.deadLetters().collects(), session.inFlight().answers());
        session.inFlight().windows().incrementAndGet();
        return session.sender()
                .send(Mono.just(SenderRecord.create("", null, null, (byte[]) null, (byte[]) null, transfer)))
                .then(Mono.defer(() -> divertRefused(transfer)))
                .doOnNext(_ -> session.inFlight().windows().decrementAndGet())
                .onErrorMap(session.failures()::toDeliveryException);
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
