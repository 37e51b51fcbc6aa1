package io.pickaroon.connectors.kafka.send;

import io.pickaroon.connectors.kafka.client.KafkaFailures;
import io.pickaroon.connectors.kafka.records.TopicRoutes;
import io.pickaroon.connectors.kafka.records.WindowRecords;
import io.pickaroon.connectors.kafka.settings.KafkaSinkSettings;
import io.pickaroon.processor.delivery.Acknowledgement;
import io.pickaroon.processor.delivery.DeliveredPosition;
import io.pickaroon.processor.file.FileIdentity;
import io.pickaroon.processor.scan.ScannedWindow;
import java.util.Map;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;
import reactor.kafka.sender.KafkaSender;
import reactor.kafka.sender.SenderRecord;

/**
 * At least once: many windows under way at the same time, each acknowledged when its records are.
 *
 * <p>Acknowledgements are passed on in the order of the windows, also those of windows without a match: so nobody further
 * on holds more windows than may be under way here.
 */
public final class AtLeastOnceSender implements Sender {
    private final KafkaSinkSettings settings;
    private final KafkaSender<byte[], byte[]> sender;
    private final TopicRoutes lanes;
    private final DeadLetterBox deadLetters;
    private final KafkaFailures failures;
    private final Scheduler acknowledging;
    private final InFlightCounters waiting;

    public AtLeastOnceSender(
            KafkaSinkSettings settings,
            KafkaSender<byte[], byte[]> sender,
            TopicRoutes lanes,
            DeadLetterBox deadLetters,
            KafkaFailures failures,
            Scheduler acknowledging,
            InFlightCounters waiting) {
        this.settings = settings;
        this.sender = sender;
        this.lanes = lanes;
        this.deadLetters = deadLetters;
        this.failures = failures;
        this.acknowledging = acknowledging;
        this.waiting = waiting;
    }

    /** Nothing: the brokers know no files. */
    @Override
    public Map<FileIdentity, DeliveredPosition> positions() {
        return Map.of();
    }

    @Override
    public Flux<Acknowledgement> send(Flux<ScannedWindow> windows) {
        InFlightGate gate = new InFlightGate(windows, settings.maxInFlightWindows(), settings.maxInFlightBytes());
        return gate.flatMapSequential(this::send, Integer.MAX_VALUE, 1)
                .doOnNext(acknowledgement -> gate.release(acknowledgement.window()));
    }

    private Mono<Acknowledgement> send(ScannedWindow window) {
        if (window.matches().isEmpty()) {
            return Mono.just(Acknowledgement.of(window));
        }
        WindowRecords records = new WindowRecords(window, lanes.byRuleId());
        WindowTransfer transfer = new WindowTransfer(records, deadLetters.collects(), waiting.answers());
        waiting.windows().incrementAndGet();
        return sender.send(Mono.just(SenderRecord.create("", null, null, (byte[]) null, (byte[]) null, transfer)))
                .then(Mono.defer(() -> divertRefused(transfer)))
                .doOnNext(_ -> waiting.windows().decrementAndGet())
                .onErrorMap(failures::toDeliveryException);
    }

    private Mono<Acknowledgement> divertRefused(WindowTransfer transfer) {
        if (transfer.refused().isEmpty()) {
            return Mono.just(deadLetters.acknowledge(transfer));
        }
        return sender.send(Flux.fromIterable(deadLetters.records(transfer))
                        .map(letter -> SenderRecord.create(letter, null)))
                .then(Mono.fromRunnable(() -> deadLetters.append(transfer))
                        .subscribeOn(Schedulers.boundedElastic())
                        .publishOn(acknowledging))
                .then(Mono.fromSupplier(() -> deadLetters.acknowledge(transfer)));
    }
}
