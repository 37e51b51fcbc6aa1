package io.pickaroon.processor;

import io.pickaroon.processor.delivery.Acknowledgement;
import io.pickaroon.processor.delivery.DeliveredPosition;
import io.pickaroon.processor.delivery.DeliveryException;
import io.pickaroon.processor.delivery.MatchSink;
import io.pickaroon.processor.file.FileIdentity;
import io.pickaroon.processor.file.Position;
import io.pickaroon.processor.scan.MatchBatch;
import io.pickaroon.processor.scan.ScannedWindow;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import reactor.core.publisher.Flux;

/** A sink that keeps what it is given, acknowledges out of order in groups, and breaks when the script says so. */
public final class ScriptedSink implements MatchSink {
    /** One match as it arrived. */
    public record Arrival(String file, long offset, String rule, String record) {}

    private final List<Arrival> arrivals = Collections.synchronizedList(new ArrayList<>());
    private final Set<FileIdentity> forgotten = ConcurrentHashMap.newKeySet();
    private final AtomicInteger sessions = new AtomicInteger();
    private final Random random;
    private final int groupSize;
    private volatile int outages;
    private volatile String refusal;
    private volatile DeliveredPosition known;
    private volatile Duration eachWindowTakes = Duration.ZERO;
    private volatile Runnable whenTaken = () -> {};

    public ScriptedSink(long seed, int groupSize) {
        this.random = new Random(seed);
        this.groupSize = groupSize;
    }

    /** The first sessions break after a random number of windows. */
    ScriptedSink withOutages(int sessionsThatBreak) {
        this.outages = sessionsThatBreak;
        return this;
    }

    /** A record that contains this text ends the run. */
    ScriptedSink refusing(String text) {
        this.refusal = text;
        return this;
    }

    /** Takes its time for each window. */
    ScriptedSink slow(Duration eachWindow) {
        this.eachWindowTakes = eachWindow;
        return this;
    }

    /** Does this after it took a window, before it acknowledges it. */
    ScriptedSink whenTaken(Runnable action) {
        this.whenTaken = action;
        return this;
    }

    /** Says of whatever file is delivered that it knows it up to this position, by rules with these fingerprints. */
    ScriptedSink knowing(Position position, Set<String> rules) {
        return knowing(new DeliveredPosition(position, rules, 0));
    }

    /** Says of whatever file is delivered that this is known of it. */
    ScriptedSink knowing(DeliveredPosition position) {
        this.known = position;
        return this;
    }

    @Override
    public Flux<Acknowledgement> resume(
            Function<Map<FileIdentity, DeliveredPosition>, Flux<ScannedWindow>> windowsAfter) {
        return deliver(windowsAfter.apply(known == null ? Map.of() : new KnowsEveryFile(known)));
    }

    private static final class KnowsEveryFile extends HashMap<FileIdentity, DeliveredPosition> {
        private static final long serialVersionUID = 1;

        private final transient DeliveredPosition position;

        KnowsEveryFile(DeliveredPosition position) {
            this.position = position;
        }

        @Override
        public DeliveredPosition get(Object file) {
            return position;
        }
    }

    public List<Arrival> arrivals() {
        return List.copyOf(arrivals);
    }

    @Override
    public void forget(Set<FileIdentity> files) {
        forgotten.addAll(files);
    }

    /** What the engine said that it has forgotten. */
    Set<FileIdentity> forgotten() {
        return Set.copyOf(forgotten);
    }

    int sessions() {
        return sessions.get();
    }

    @Override
    public Flux<Acknowledgement> deliver(Flux<ScannedWindow> windows) {
        return Flux.defer(() -> {
            int session = sessions.incrementAndGet();
            int breaksAfter = session <= outages ? random.nextInt(4) : Integer.MAX_VALUE;
            AtomicInteger taken = new AtomicInteger();
            return windows.limitRate(4)
                    .transform(all -> eachWindowTakes.isZero() ? all : all.delayElements(eachWindowTakes))
                    .doOnNext(window -> {
                        if (taken.incrementAndGet() > breaksAfter) {
                            throw DeliveryException.retryable("the sink is away", null);
                        }
                        take(window);
                        whenTaken.run();
                    })
                    .buffer(groupSize)
                    .flatMapIterable(this::shuffled);
        });
    }

    private List<Acknowledgement> shuffled(List<ScannedWindow> group) {
        List<Acknowledgement> acknowledgements =
                new ArrayList<>(group.stream().map(Acknowledgement::of).toList());
        Collections.shuffle(acknowledgements, random);
        return acknowledgements;
    }

    private void take(ScannedWindow window) {
        MatchBatch batch = window.matches();
        for (int i = 0; i < batch.size(); i++) {
            String record = new String(batch.copyOfRecord(i), StandardCharsets.UTF_8);
            if (refusal != null && record.contains(refusal)) {
                throw DeliveryException.fatal("the sink refuses '" + record + "'", null);
            }
            arrivals.add(new Arrival(
                    window.file().path().getFileName().toString(),
                    batch.recordOffset(i),
                    batch.rule(i).id(),
                    record));
        }
    }
}
