package io.pickaroon.app.pipeline;

import io.pickaroon.app.terminal.Progress;
import io.pickaroon.connectors.kafka.KafkaSink;
import io.pickaroon.processor.LogProcessor;
import io.pickaroon.processor.RunState;
import io.pickaroon.processor.delivery.DeliveryException;
import io.pickaroon.processor.delivery.Instance;
import io.pickaroon.processor.delivery.Instance.Standing;
import io.pickaroon.processor.delivery.Latencies;
import io.pickaroon.processor.delivery.MatchSink;
import io.pickaroon.processor.file.FileIdentity;
import io.pickaroon.processor.file.Position;
import io.pickaroon.processor.metrics.Ledger;
import io.pickaroon.processor.metrics.RunCounters;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One run of the engine with a configuration: owns its checkpoint and its sink.
 *
 * <p>{@link #run} belongs to one thread; the other methods may be called from any.
 */
public final class Pipeline implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Pipeline.class);

    private final LongSupplier totalBytes;
    private final boolean readsWholeFiles;

    private final Optional<String> wantedName;
    private final RunState state;
    private final MatchSink sink;
    private final LogProcessor processor;
    private final CompletableFuture<Void> givenUp = new CompletableFuture<>();

    /**
     * @param totalBytes how much there is to read in all; {@link Progress#UNKNOWN_TOTAL} where files are followed
     * @param readsWholeFiles whether every byte of its files is to be read
     * @param wantedName the name under which the configuration has the destination keep positions
     * @param state closed with this, after the sink
     */
    Pipeline(
            LongSupplier totalBytes,
            boolean readsWholeFiles,
            Optional<String> wantedName,
            RunState state,
            MatchSink sink,
            LogProcessor processor) {
        this.totalBytes = totalBytes;
        this.wantedName = wantedName;
        this.readsWholeFiles = readsWholeFiles;
        this.state = state;
        this.sink = sink;
        this.processor = processor;
    }

    /**
     * Runs to the end of the files, or until {@link #stop}.
     *
     * @return what was done; empty if it was given up
     */
    public Optional<Ledger> run() {
        CompletableFuture<Ledger> ended = processor.run().toFuture();
        givenUp.thenRun(() -> ended.cancel(true));
        try {
            return Optional.of(ended.join());
        } catch (CompletionException e) {
            if (e.getCause() instanceof DeliveryException cause && cause.isMistake()) {
                takeBackCheckpoint(cause);
            }
            if (e.getCause() instanceof RuntimeException cause) {
                throw cause;
            }
            throw e;
        } catch (CancellationException _) {
            return Optional.empty();
        }
    }

    /** Nothing was begun: what comes next is a first start. */
    private void takeBackCheckpoint(DeliveryException mistake) {
        try {
            state.removeIfNew();
        } catch (IOException e) {
            mistake.addSuppressed(e);
        }
    }

    /** Lets what is under way be delivered and passed by the checkpoint, and reads nothing more. */
    public void stop() {
        processor.stop();
    }

    /** Ends the run at once. What is under way may have been delivered or not. */
    public void giveUp() {
        givenUp.complete(null);
    }

    /** What it has done so far. */
    public RunCounters counters() {
        return processor.counters();
    }

    /** The name under which the destination keeps positions, or will; empty if it keeps none. */
    public Optional<String> instance() {
        Optional<Instance> own = state.instance();
        return sink.instance()
                .or(() -> own.filter(instance -> instance.standing() == Standing.HELD)
                        .map(Instance::name))
                .or(() -> wantedName)
                .or(() -> own.map(Instance::name));
    }

    /** How long the transactions of this run took. */
    public Latencies transactions() {
        return sink.transactions();
    }

    /** How far it has come. */
    public Progress progress() {
        RunCounters counters = processor.counters();
        long all = totalBytes.getAsLong();
        long total = all == Progress.UNKNOWN_TOTAL ? all : Math.max(0, all - counters.resumedBytes());
        return new Progress(
                counters.deliveredBytes(),
                total,
                counters.emittedMatches() + counters.deadLetteredMatches(),
                sink instanceof KafkaSink kafka ? kafka.awaited() : Optional.empty());
    }

    /**
     * Whether every byte that was there is in the ledger of a run to the end of the files. A run that went on from an
     * earlier one cannot say: the record across its first offset is in the ledger of that one. Nor can a replay.
     */
    public boolean addsUp(Ledger ledger) {
        RunCounters counters = processor.counters();
        return !readsWholeFiles
                || counters.resumedBytes() > 0
                || !ledger.problems().isEmpty()
                || ledger.scanned().bytes() + ledger.lostBytes() + ledger.skippedBytes() == counters.plannedBytes();
    }

    /** How far each file has been processed, durably; empty without a checkpoint. */
    public Map<FileIdentity, Position> positions() {
        return state.positions();
    }

    @Override
    public void close() throws IOException {
        try {
            sink.close();
        } finally {
            state.close();
        }
    }
}
