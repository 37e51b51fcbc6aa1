package io.pickaroon.app.report;

import io.pickaroon.app.report.DaemonStatus.DeliveryStatus;
import io.pickaroon.app.report.DaemonStatus.Phase;
import io.pickaroon.app.report.DaemonStatus.ProcessStatus;
import io.pickaroon.app.report.DaemonStatus.Reloads;
import io.pickaroon.processor.delivery.Latencies;
import io.pickaroon.processor.metrics.InputFigures;
import io.pickaroon.processor.metrics.RunCounters;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Follows a process through its runs, of which there is a new one after each reload, and can say at any time how it is doing.
 * Thread-safe.
 */
public final class LiveStatus {
    private static final int MOST_PROBLEMS = 20;

    private final String version;
    private final Clock clock;
    private final Instant startedAt;
    /** Of runs that are over, by input. */
    private final Map<String, InputFigures> earlier = new HashMap<>();

    private Consumer<Phase> listener = _ -> {};
    private String instance = "";
    private Phase phase = Phase.STARTING;
    private RunCounters counters;
    private long earlierOutages;
    private Latencies earlierCommits = Latencies.NONE;
    private Latencies earlierTransactions = Latencies.NONE;
    private Supplier<Latencies> transactions = () -> Latencies.NONE;
    private Supplier<Optional<String>> claimed = Optional::empty;
    private Reloads reloads = Reloads.NONE;

    public LiveStatus(String version, Clock clock) {
        this.version = version;
        this.clock = clock;
        this.startedAt = clock.instant();
    }

    /**
     * Sets the listener that is notified of each phase from now on.
     *
     * @param told called in the thread that enters the phase; returns soon
     */
    public synchronized void listen(Consumer<Phase> told) {
        listener = told;
    }

    /** The configuration was read. */
    public synchronized void configured(String newInstance) {
        instance = newInstance;
    }

    /**
     * From now on this run is what is spoken of.
     *
     * @param runTransactions how long those of this run took
     * @param runInstance under which name the destination keeps positions, once that is known
     */
    public synchronized void begins(
            RunCounters run, Supplier<Latencies> runTransactions, Supplier<Optional<String>> runInstance) {
        claimed = runInstance;
        counters = run;
        transactions = runTransactions;
        enter(Phase.RUNNING);
    }

    /** The run is over; another one with a new configuration follows. */
    public synchronized void endsForReload() {
        if (counters != null) {
            List<InputFigures> figures = inputs();
            earlier.clear();
            figures.forEach(input -> earlier.put(input.id(), input));
            earlierOutages += counters.outages();
            earlierCommits = earlierCommits.plus(counters.commits().latencies());
            earlierTransactions = earlierTransactions.plus(transactions.get());
            counters = null;
            transactions = () -> Latencies.NONE;
        }
        enter(Phase.RELOADING);
    }

    /** Nothing more is read. */
    public synchronized void stops() {
        enter(Phase.STOPPING);
    }

    /** A new configuration is in use. */
    public synchronized void reloaded() {
        reloads = new Reloads(reloads.applied() + 1, reloads.refused(), Optional.empty());
    }

    /** A new configuration is not used; the old one still is. */
    public synchronized void reloadRefused(String why) {
        reloads = new Reloads(reloads.applied(), reloads.refused() + 1, Optional.of(why));
    }

    /** How the process is doing at this moment. */
    public synchronized DaemonStatus now() {
        Optional<RunCounters> run = Optional.ofNullable(counters);
        return new DaemonStatus(
                new ProcessStatus(claimed.get().orElse(instance), version, startedAt, clock.instant(), phase, reloads),
                inputs(),
                new DeliveryStatus(
                        run.map(RunCounters::destination),
                        run.map(RunCounters::stalled).orElse(Duration.ZERO),
                        earlierOutages + run.map(RunCounters::outages).orElse(0L),
                        earlierTransactions.plus(transactions.get())),
                run.map(present -> present.commits().since(earlierCommits)),
                run.map(LiveStatus::problems).orElse(List.of()));
    }

    private void enter(Phase next) {
        if (phase != Phase.STOPPING) {
            phase = next;
            listener.accept(next);
        }
    }

    private List<InputFigures> inputs() {
        if (counters == null) {
            return List.copyOf(earlier.values());
        }
        return counters.inputs().stream()
                .map(input -> earlier.containsKey(input.id()) ? input.since(earlier.get(input.id())) : input)
                .toList();
    }

    private static List<String> problems(RunCounters counters) {
        List<String> messages = counters.problems().stream()
                .map(problem -> problem.message())
                .distinct()
                .toList();
        return messages.subList(Math.max(0, messages.size() - MOST_PROBLEMS), messages.size());
    }
}
