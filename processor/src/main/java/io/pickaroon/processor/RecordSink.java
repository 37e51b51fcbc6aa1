package io.pickaroon.processor;

import io.pickaroon.processor.delivery.Acknowledgement;
import io.pickaroon.processor.delivery.DeliveryException;
import io.pickaroon.processor.delivery.MatchSink;
import io.pickaroon.processor.file.FileIdentity;
import io.pickaroon.processor.scan.ScannedWindow;
import java.time.Duration;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

/**
 * Delivers to a subscriber of {@link LogFollow}: a window is acknowledged when all its records are. It has one session, which
 * ends when the subscription does; of a window that is acknowledged in part then, the head is. Thread-safe.
 */
final class RecordSink implements MatchSink {
    private static final Logger LOG = LoggerFactory.getLogger(RecordSink.class);
    /** How long a full sink waits for an acknowledgement before it says so. */
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    /** What the session ends with. */
    private final DeliveryException ended = DeliveryException.fatal("the subscription has ended", null);

    private final boolean isEmissionEnough;
    private final Sinks.One<Flux<ScannedWindow>> session = Sinks.one();
    private final Sinks.Many<Acknowledgement> acknowledgements =
            Sinks.unsafe().many().unicast().onBackpressureBuffer();
    /** Windows that are not acknowledged, in the order in which they came. */
    private final Set<EmittedWindow> pending = new LinkedHashSet<>();

    private long pendingRecords;
    private long pendingBytes;
    private Sinks.Empty<Void> room = Sinks.empty();
    private boolean hasEnded;

    /** @param isEmissionEnough whether a record that was emitted counts as acknowledged */
    RecordSink(boolean isEmissionEnough) {
        this.isEmissionEnough = isEmissionEnough;
    }

    /** What there is to emit, each window when it is requested and there is room for it. */
    Flux<EmittedWindow> windows() {
        return session.asMono()
                .flatMapMany(windows -> windows)
                .concatMap(window -> room().then(Mono.fromSupplier(() -> add(window))), 0);
    }

    @Override
    public Flux<Acknowledgement> deliver(Flux<ScannedWindow> windows) {
        return acknowledgements
                .asFlux()
                // When the last acknowledgement is taken, and not before: an error overtakes what waits.
                .concatWith(Flux.generate(signal -> signal.error(ended)))
                .doOnSubscribe(_ -> session.tryEmitValue(windows));
    }

    /** Whether a run failed with nothing but the end of the subscription. */
    boolean isEnd(Throwable failure) {
        return failure == ended;
    }

    MatchedRecord emit(EmittedWindow window, int match) {
        MatchedRecord record = new MatchedRecord(window.window(), match, () -> acknowledge(window, match));
        if (isEmissionEnough) {
            record.acknowledge();
        }
        return record;
    }

    private void acknowledge(EmittedWindow window, int match) {
        Sinks.Empty<Void> freed = null;
        synchronized (this) {
            if (hasEnded || !pending.contains(window)) {
                return;
            }
            window.acknowledge(match);
            if (!window.isAcknowledged()) {
                return;
            }
            remove(window);
            if (isRoom()) {
                freed = room;
                room = Sinks.empty();
            }
        }
        if (freed != null) {
            freed.tryEmitEmpty();
        }
    }

    private synchronized EmittedWindow add(ScannedWindow scanned) {
        EmittedWindow window = new EmittedWindow(scanned);
        pending.add(window);
        pendingRecords += window.size();
        pendingBytes += window.bytes();
        if (window.isAcknowledged() && !hasEnded) {
            remove(window);
        }
        return window;
    }

    private void remove(EmittedWindow window) {
        pending.remove(window);
        pendingRecords -= window.size();
        pendingBytes -= window.bytes();
        acknowledgements.tryEmitNext(Acknowledgement.of(window.window()));
    }

    private boolean isRoom() {
        return pendingRecords < LogFollow.MOST_UNACKNOWLEDGED && pendingBytes < LogFollow.MOST_UNACKNOWLEDGED_BYTES;
    }

    private Mono<Void> room() {
        return Mono.defer(() -> {
            synchronized (this) {
                return isRoom()
                        ? Mono.empty()
                        : room.asMono()
                                .or(Mono.delay(PATIENCE).doOnNext(_ -> warn()).then(Mono.never()));
            }
        });
    }

    private synchronized void warn() {
        pending.stream()
                .findFirst()
                .ifPresent(first -> LOG.warn(
                        "{} records wait for acknowledge() for {} s, first {}; nothing more is read until some of them"
                                + " are acknowledged, those too that a filter has dropped",
                        pendingRecords,
                        PATIENCE.toSeconds(),
                        first));
    }

    /** Ends the session. Records that are not acknowledged by now count as not delivered. */
    synchronized void end() {
        if (hasEnded) {
            return;
        }
        hasEnded = true;
        Set<FileIdentity> files = new HashSet<>();
        for (EmittedWindow window : pending) {
            if (files.add(window.window().file().identity())) {
                window.acknowledgedHead().map(Acknowledgement::of).ifPresent(acknowledgements::tryEmitNext);
            }
        }
        acknowledgements.tryEmitComplete();
    }
}
