package io.pickaroon.connectors.ndjson;

import io.pickaroon.connectors.lines.LineNotices;
import io.pickaroon.connectors.lines.LineRenderer;
import io.pickaroon.processor.delivery.Acknowledgement;
import io.pickaroon.processor.delivery.DeliveryException;
import io.pickaroon.processor.delivery.MatchSink;
import io.pickaroon.processor.directio.NativePath;
import io.pickaroon.processor.scan.MatchBatch;
import io.pickaroon.processor.scan.ScannedWindow;
import io.pickaroon.records.emit.RecordForm;
import io.pickaroon.records.emit.RecordOrigin;
import io.pickaroon.records.emit.RecordOrigins;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import reactor.core.publisher.Flux;
import reactor.core.publisher.SynchronousSink;
import reactor.core.scheduler.Schedulers;

/**
 * Appends matches to a file, one JSON object a line: where it comes from and the record, with the format {@code json} also {@code
 * time}, {@code host}, {@code input} and {@code fields}, with the format {@code otlp} {@code otlpBase64}; then {@code topic},
 * {@code key}, {@code headers} and {@code timestamp} (milliseconds since 1970), as far as the rule's form has them. A line
 * whose record lacks a value of one of these is written without it; that is said and counted.
 *
 * <p>A window is acknowledged when its lines are durable (one {@code fdatasync} for each window that has matches); if
 * the path leads to a stream, when the stream has accepted them. Lines since the last checkpoint are written again
 * after a crash. The sink holds the lines of one window in memory and has requested one more window.
 */
public final class NdjsonFileSink implements MatchSink {
    private final Path path;
    private final Map<String, RecordForm> formByRuleId;
    private final RecordOrigins origins;
    private final Consumer<Path> permission;
    private final LineNotices notices = new LineNotices();
    private final AtomicBoolean said = new AtomicBoolean();

    public NdjsonFileSink(Path path, Map<String, String> topicByRuleId) {
        this(path, topicByRuleId, _ -> {});
    }

    /**
     * A sink of matches as they stand.
     *
     * @param topicByRuleId rules whose matches are written, with the value of {@code topic} in their lines
     */
    public NdjsonFileSink(Path path, Map<String, String> topicByRuleId, Consumer<Path> permission) {
        this(
                path,
                topicByRuleId.entrySet().stream()
                        .collect(Collectors.toMap(
                                Map.Entry::getKey, rule -> RecordForm.toTopic(rule.getKey(), rule.getValue()))),
                (input, file) -> new RecordOrigin("", "", input, file),
                permission);
    }

    /**
     * A sink that asks {@code permission} before it opens its file.
     *
     * @param path the file; created if it does not exist, its directory is not
     * @param formByRuleId forms of the rules whose matches are written
     * @param permission asked each time before a file is opened, throws {@link DeliveryException} to refuse it
     */
    public NdjsonFileSink(
            Path path, Map<String, RecordForm> formByRuleId, RecordOrigins origins, Consumer<Path> permission) {
        this.path = path;
        this.permission = permission;
        this.formByRuleId = Map.copyOf(formByRuleId);
        this.origins = origins;
    }

    @Override
    public Flux<Acknowledgement> deliver(Flux<ScannedWindow> windows) {
        return Flux.using(() -> new Session(open()), session -> session.deliver(windows), Session::close);
    }

    private LineOutput open() {
        LineOutput opened = LineOutput.open(path, permission::accept);
        if (opened instanceof LineStream && said.compareAndSet(false, true)) {
            LineStream.sayWhatHolds(path);
        }
        return opened;
    }

    private final class Session {
        private final LineOutput file;
        private final LineRenderer renderer =
                new LineRenderer(formByRuleId, origins, notices, System::currentTimeMillis);
        private final LineBuffer lines = new LineBuffer();
        private final AtomicBoolean cancelled = new AtomicBoolean();

        Session(LineOutput file) {
            this.file = file;
        }

        Flux<Acknowledgement> deliver(Flux<ScannedWindow> windows) {
            return windows.publishOn(Schedulers.boundedElastic(), 1)
                    .<Acknowledgement>handle(this::append)
                    .doOnCancel(() -> cancelled.set(true));
        }

        private void append(ScannedWindow window, SynchronousSink<Acknowledgement> acknowledgements) {
            try {
                encode(window);
                if (!lines.isEmpty()) {
                    file.append(lines.toByteBuffer());
                }
                acknowledgements.next(Acknowledgement.of(window));
            } catch (ClosedByInterruptException e) {
                if (!cancelled.get()) {
                    acknowledgements.error(DeliveryException.retryable(
                            "interrupted while appending to " + NativePath.printable(file.path()), e));
                }
            }
        }

        private void encode(ScannedWindow window) {
            lines.reset();
            MatchBatch matches = window.matches();
            if (matches.isEmpty()) {
                return;
            }
            renderer.begin(window);
            for (int match = 0; match < matches.size(); match++) {
                if (renderer.emits(match)) {
                    lines.writeBytes(renderer.render(match).value());
                    lines.write('\n');
                }
            }
        }

        void close() {
            file.close();
        }
    }

    /** Says what lines lacked. */
    @Override
    public void close() {
        notices.sayTotals();
    }
}
