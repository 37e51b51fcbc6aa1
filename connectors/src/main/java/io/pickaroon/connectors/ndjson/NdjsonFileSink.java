package io.pickaroon.connectors.ndjson;

import com.fasterxml.jackson.core.JsonGenerator;
import io.pickaroon.processor.delivery.Acknowledgement;
import io.pickaroon.processor.delivery.DeliveryException;
import io.pickaroon.processor.delivery.MatchIds;
import io.pickaroon.processor.delivery.MatchSink;
import io.pickaroon.processor.directio.NativePath;
import io.pickaroon.processor.scan.MatchBatch;
import io.pickaroon.processor.scan.ScannedWindow;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import reactor.core.publisher.Flux;
import reactor.core.publisher.SynchronousSink;
import reactor.core.scheduler.Schedulers;

/**
 * Appends matches to a file, one JSON object a line: {@link MatchJson}, and {@code topic} if the rule has one.
 *
 * <p>A window is acknowledged when its lines are durable (one {@code fdatasync} for each window that has matches); if
 * the path leads to a stream, when the stream has accepted them. Lines since the last checkpoint are written again
 * after a crash. The sink holds the lines of one window in memory and has requested one more window.
 */
public final class NdjsonFileSink implements MatchSink {
    private final Path path;
    private final Map<String, String> topicByRuleId;
    private final Consumer<Path> permission;
    private final AtomicBoolean said = new AtomicBoolean();

    public NdjsonFileSink(Path path, Map<String, String> topicByRuleId) {
        this(path, topicByRuleId, _ -> {});
    }

    /**
     * A sink that asks {@code permission} before it opens its file.
     *
     * @param path the file; created if it does not exist, its directory is not
     * @param topicByRuleId rules whose matches are written, with the value of {@code topic} in their lines
     * @param permission asked each time before a file is opened, throws {@link DeliveryException} to refuse it
     */
    public NdjsonFileSink(Path path, Map<String, String> topicByRuleId, Consumer<Path> permission) {
        this.path = path;
        this.permission = permission;
        this.topicByRuleId = Map.copyOf(topicByRuleId);
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
        private final Map<String, byte[]> idPartByRuleId = new HashMap<>();
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
            String source = NativePath.escaped(window.file().path());
            MatchIds ids = new MatchIds(window.file().identity());
            try (JsonGenerator json = MatchJson.generator(lines)) {
                for (int match = 0; match < matches.size(); match++) {
                    String ruleId = matches.rule(match).id();
                    String topic = topicByRuleId.get(ruleId);
                    if (topic != null) {
                        byte[] idPart = idPartByRuleId.computeIfAbsent(ruleId, MatchIds::rulePart);
                        json.writeStartObject();
                        MatchJson.writeFields(
                                json, source, matches, match, ids.idText(matches.recordOffset(match), idPart));
                        json.writeStringField("topic", topic);
                        json.writeEndObject();
                        json.writeRaw('\n');
                    }
                }
            } catch (IOException e) {
                throw new UncheckedIOException("writing JSON to memory failed", e);
            }
        }

        void close() {
            file.close();
        }
    }
}
