package io.pickaroon.connectors.console;

import io.pickaroon.processor.delivery.Acknowledgement;
import io.pickaroon.processor.delivery.DeliveryException;
import io.pickaroon.processor.delivery.MatchSink;
import io.pickaroon.processor.directio.NativePath;
import io.pickaroon.processor.scan.MatchBatch;
import io.pickaroon.processor.scan.Rule;
import io.pickaroon.processor.scan.ScannedWindow;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.function.Predicate;
import reactor.core.publisher.Flux;
import reactor.core.scheduler.Schedulers;

/**
 * Writes the bytes of each match and a line feed to a stream, flushed after each window.
 *
 * <p>A slow reader of the stream slows the engine down: one window is being written and one more has been asked for.
 * The stream is not closed.
 */
public final class ConsoleSink implements MatchSink {
    /** What stands on a line. */
    public enum Layout {
        /** The record. */
        RECORD,
        /** {@code path:offset:rule:} and the record. */
        ORIGIN_AND_RECORD
    }

    private final OutputStream out;
    private final Layout layout;
    private final Predicate<Rule> emitted;

    /**
     * @param out written to by one thread at a time; buffered by its owner
     * @param emitted rules whose matches are written
     */
    public ConsoleSink(OutputStream out, Layout layout, Predicate<Rule> emitted) {
        this.out = out;
        this.layout = layout;
        this.emitted = emitted;
    }

    @Override
    public Flux<Acknowledgement> deliver(Flux<ScannedWindow> windows) {
        return windows.publishOn(Schedulers.boundedElastic(), 1).map(this::write);
    }

    private Acknowledgement write(ScannedWindow window) {
        MatchBatch matches = window.matches();
        try {
            String path = layout == Layout.ORIGIN_AND_RECORD
                    ? NativePath.printable(window.file().path())
                    : "";
            for (int match = 0; match < matches.size(); match++) {
                Rule rule = matches.rule(match);
                if (emitted.test(rule)) {
                    if (layout == Layout.ORIGIN_AND_RECORD) {
                        String origin = path + ':' + matches.recordOffset(match) + ':' + rule.id() + ':';
                        out.write(origin.getBytes(StandardCharsets.UTF_8));
                    }
                    out.write(matches.array(), matches.start(match), matches.length(match));
                    out.write('\n');
                }
            }
            if (!matches.isEmpty()) {
                out.flush();
            }
        } catch (IOException e) {
            throw DeliveryException.fatal("cannot write to the console: " + e.getMessage(), e);
        }
        return Acknowledgement.of(window);
    }
}
