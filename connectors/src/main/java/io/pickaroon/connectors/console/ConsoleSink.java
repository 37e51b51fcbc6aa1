package io.pickaroon.connectors.console;

import io.pickaroon.connectors.lines.LineNotices;
import io.pickaroon.connectors.lines.LineRenderer;
import io.pickaroon.processor.delivery.Acknowledgement;
import io.pickaroon.processor.delivery.DeliveryException;
import io.pickaroon.processor.delivery.MatchSink;
import io.pickaroon.processor.directio.NativePath;
import io.pickaroon.processor.rule.Rule;
import io.pickaroon.processor.scan.MatchBatch;
import io.pickaroon.processor.scan.ScannedWindow;
import io.pickaroon.records.emit.RecordForm;
import io.pickaroon.records.emit.RecordOrigin;
import io.pickaroon.records.emit.RecordOrigins;
import io.pickaroon.records.emit.ValueFormat;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import reactor.core.publisher.Flux;
import reactor.core.scheduler.Schedulers;

/**
 * Writes a line for each match to a stream, flushed after each window: its bytes, or with a format other than {@code raw} the
 * JSON object that {@link io.pickaroon.connectors.ndjson.NdjsonFileSink} writes, with topic, key, headers and timestamp.
 *
 * <p>A slow reader of the stream slows the engine down: one window is being written and one more has been asked for.
 * The stream is not closed.
 */
public final class ConsoleSink implements MatchSink {
    /** What stands on a line of bytes. */
    public enum Layout {
        /** The record. */
        RECORD,
        /** {@code path:offset:rule:} and the record. */
        ORIGIN_AND_RECORD
    }

    private final OutputStream out;
    private final Layout layout;
    private final Predicate<Rule> emitted;
    /** Forms of the rules whose matches become objects. */
    private final Map<String, RecordForm> objects;

    private final RecordOrigins origins;
    private final LineNotices notices = new LineNotices();

    /**
     * A sink of bytes.
     *
     * @param out written to by one thread at a time; buffered by its owner
     * @param emitted rules whose matches are written
     */
    public ConsoleSink(OutputStream out, Layout layout, Predicate<Rule> emitted) {
        this.out = out;
        this.layout = layout;
        this.emitted = emitted;
        this.objects = Map.of();
        this.origins = (input, file) -> new RecordOrigin("", "", input, file);
    }

    /**
     * A sink of bytes and objects.
     *
     * @param out written to by one thread at a time; buffered by its owner
     * @param formByRuleId forms of the rules whose matches are written
     */
    public ConsoleSink(OutputStream out, Map<String, RecordForm> formByRuleId, RecordOrigins origins) {
        Map<String, RecordForm> forms = Map.copyOf(formByRuleId);
        this.out = out;
        this.layout = Layout.RECORD;
        this.emitted = rule -> forms.containsKey(rule.id());
        this.objects = forms.entrySet().stream()
                .filter(rule -> rule.getValue().emit().format() != ValueFormat.RAW)
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
        this.origins = origins;
    }

    @Override
    public Flux<Acknowledgement> deliver(Flux<ScannedWindow> windows) {
        return Flux.defer(() -> {
            LineRenderer renderer = new LineRenderer(objects, origins, notices, System::currentTimeMillis);
            return windows.publishOn(Schedulers.boundedElastic(), 1).map(window -> write(window, renderer));
        });
    }

    private Acknowledgement write(ScannedWindow window, LineRenderer renderer) {
        MatchBatch matches = window.matches();
        try {
            if (!matches.isEmpty()) {
                write(window, matches, renderer);
                out.flush();
            }
        } catch (IOException e) {
            throw DeliveryException.fatal("cannot write to the console: " + e.getMessage(), e);
        }
        return Acknowledgement.of(window);
    }

    private void write(ScannedWindow window, MatchBatch matches, LineRenderer renderer) throws IOException {
        renderer.begin(window);
        String path = layout == Layout.ORIGIN_AND_RECORD
                ? NativePath.printable(window.file().path())
                : "";
        for (int match = 0; match < matches.size(); match++) {
            if (renderer.emits(match)) {
                out.write(renderer.render(match).value());
                out.write('\n');
            } else if (emitted.test(matches.rule(match))) {
                writeBytes(matches, match, path);
            }
        }
    }

    private void writeBytes(MatchBatch matches, int match, String path) throws IOException {
        if (layout == Layout.ORIGIN_AND_RECORD) {
            String origin = path
                    + ':'
                    + matches.recordOffset(match)
                    + ':'
                    + matches.rule(match).id()
                    + ':';
            out.write(origin.getBytes(StandardCharsets.UTF_8));
        }
        out.write(matches.array(), matches.start(match), matches.length(match));
        out.write('\n');
    }

    /** Says what objects lacked. */
    @Override
    public void close() {
        notices.sayTotals();
    }
}
