package io.pickaroon.processor.audit;

import io.pickaroon.processor.delivery.Instance;
import io.pickaroon.processor.directio.NativePath;
import java.io.IOException;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The trails that a run may write: its own, and that of a group which an earlier run has left unfinished.
 *
 * @param store where they are; empty for none, which writes and reads no trail at all
 * @param settings of its own trail; empty if its changes go into none
 * @param clock what time it is
 */
public record Trails(Optional<TrailStore> store, Optional<TrailSettings> settings, InstantSource clock) {
    private static final Logger LOG = LoggerFactory.getLogger(Trails.class);

    /** For what changes nothing on disk. */
    public static final Trails UNTOUCHED = new Trails(Optional.empty(), Optional.empty(), InstantSource.system());

    /** Trails on disk. */
    public static Trails onDisk(Optional<TrailSettings> settings) {
        return new Trails(Optional.of(new ChannelTrailStore()), settings, InstantSource.system());
    }

    /** Opens the trail of an unfinished group; empty where no trail is touched. Closed by the caller. */
    public Optional<GroupRecovery> recover(AuditedGroup group) throws IOException {
        return store.isEmpty()
                ? Optional.empty()
                : Optional.of(new GroupRecovery(group, store.get(), settings.flatMap(TrailSettings::key), clock));
    }

    /**
     * Opens the run's own trail; empty if it has none. Closed by the caller.
     *
     * @param head what the checkpoint keeps of a trail
     * @param instance of the checkpoint
     * @param journalCounter of the last group that the journal announced for this checkpoint; 0 if there is none
     */
    public Optional<Announcer> announcer(Optional<TrailHead> head, Supplier<Instance> instance, long journalCounter)
            throws IOException {
        if (store.isEmpty() || settings.isEmpty()) {
            return Optional.empty();
        }
        long[] counter = {Math.max(journalCounter, head.map(TrailHead::counter).orElse(0L))};
        long checkpointId = instance.get().checkpointId();
        AuditTrail trail = AuditTrail.open(
                settings.get(),
                store.get(),
                settings.get().known().or(() -> head.map(TrailHead::place)),
                (line, _, _, _, _) -> {
                    if (line.checkpointId() == checkpointId) {
                        counter[0] = Math.max(counter[0], line.counter());
                    }
                });
        head.filter(known -> !known.place().file().equals(trail.end().file()))
                .ifPresent(known -> LOG.info(
                        "the audit trail goes on in {}; until now it was {}",
                        NativePath.printable(trail.end().file()),
                        NativePath.printable(known.place().file())));
        return Optional.of(new Announcer(trail, settings.get(), instance, clock, counter[0]));
    }
}
