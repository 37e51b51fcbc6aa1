package io.pickaroon.processor.read;

import io.pickaroon.processor.input.LogInput;
import io.pickaroon.processor.metrics.RunCounters;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The inputs of a run that are not read as fast as possible. Immutable; any thread may ask. */
public final class Paces {
    private static final Logger LOG = LoggerFactory.getLogger(Paces.class);

    private final Map<String, Pace> byId = new HashMap<>();

    /**
     * @param nanoTime time that only ever grows
     * @param counters are told for how long an input waits
     */
    public Paces(List<LogInput> inputs, LongSupplier nanoTime, RunCounters counters) {
        for (LogInput input : inputs) {
            input.maxRate().ifPresent(rate -> {
                LOG.info("input {}: {} bytes per second are read at most", input.id(), rate.bytesPerSecond());
                byId.put(input.id(), new Pace(rate, nanoTime, nanos -> counters.paced(input, nanos)));
            });
        }
    }

    /** Empty if the input is read as fast as possible. */
    public Optional<Pace> of(LogInput input) {
        return Optional.ofNullable(byId.get(input.id()));
    }
}
