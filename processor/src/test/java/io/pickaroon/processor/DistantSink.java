package io.pickaroon.processor;

import io.pickaroon.processor.delivery.Acknowledgement;
import io.pickaroon.processor.delivery.DeliveredPosition;
import io.pickaroon.processor.delivery.DeliveryException;
import io.pickaroon.processor.delivery.MatchSink;
import io.pickaroon.processor.file.FileIdentity;
import io.pickaroon.processor.scan.MatchBatch;
import io.pickaroon.processor.scan.ScannedWindow;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

/** A destination that can be away: sessions wait for it without an end, as those of a Kafka cluster do. */
final class DistantSink implements MatchSink {
    /** How it is when it goes away in the middle of a session. */
    enum Manner {
        /** It says nothing more, and goes on when it is there again. */
        SILENT,
        /** The session fails. */
        FAILING
    }

    private final List<String> records = new CopyOnWriteArrayList<>();
    private volatile Sinks.Empty<Void> back = Sinks.empty();
    private volatile Sinks.Empty<Void> failing = Sinks.empty();

    private DistantSink() {}

    /** One that is there. */
    static DistantSink present() {
        DistantSink sink = new DistantSink();
        sink.comeBack();
        return sink;
    }

    /** One that cannot be reached before it has come. */
    static DistantSink away() {
        return new DistantSink();
    }

    void leave(Manner manner) {
        back = Sinks.empty();
        Sinks.Empty<Void> session = failing;
        if (manner == Manner.FAILING) {
            failing = Sinks.empty();
            session.tryEmitEmpty();
        }
    }

    void comeBack() {
        back.tryEmitEmpty();
    }

    /** Delivered records, in the order in which they came. */
    List<String> records() {
        return List.copyOf(records);
    }

    @Override
    public Flux<Acknowledgement> deliver(Flux<ScannedWindow> windows) {
        return resume(_ -> windows);
    }

    @Override
    public Flux<Acknowledgement> resume(
            Function<Map<FileIdentity, DeliveredPosition>, Flux<ScannedWindow>> windowsAfter) {
        return Flux.defer(() -> back.asMono().thenMany(Flux.defer(() -> session(windowsAfter.apply(Map.of())))));
    }

    private Flux<Acknowledgement> session(Flux<ScannedWindow> windows) {
        Sinks.Empty<Void> failure = failing;
        return windows.concatMap(
                        window -> Mono.defer(() -> back.asMono().then(Mono.fromSupplier(() -> take(window)))), 1)
                .takeUntilOther(failure.asMono())
                .concatWith(Mono.defer(() -> failing.equals(failure) ? Mono.empty() : Mono.error(failed())));
    }

    private static DeliveryException failed() {
        return DeliveryException.retryable("the sink is away", null);
    }

    private Acknowledgement take(ScannedWindow window) {
        MatchBatch batch = window.matches();
        for (int i = 0; i < batch.size(); i++) {
            records.add(new String(batch.copyOfRecord(i), StandardCharsets.UTF_8));
        }
        return Acknowledgement.of(window);
    }
}
