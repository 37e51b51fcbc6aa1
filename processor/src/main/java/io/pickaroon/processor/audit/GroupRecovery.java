package io.pickaroon.processor.audit;

import io.pickaroon.processor.audit.AuditedGroup.GroupNumber;
import java.io.IOException;
import java.time.InstantSource;
import java.util.BitSet;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The trail of a group that a crash interrupted: adds the lines that are missing, and takes back what was not made. Used by one
 * thread at a time.
 */
public final class GroupRecovery implements AutoCloseable {
    private final AuditedGroup group;
    private final InstantSource clock;
    private final BitSet announced = new BitSet();
    private final BitSet takenBack = new BitSet();
    private final SortedMap<Integer, NotMade> notMade = new TreeMap<>();
    private final AuditTrail trail;

    /**
     * Opens the trail that the group names, whatever the configuration says by now.
     *
     * @param key of the trail, if there is one at hand
     * @throws TrailException if it does not have the place that the group names, or needs a key
     */
    public GroupRecovery(AuditedGroup group, TrailStore store, Optional<byte[]> key, InstantSource clock)
            throws IOException {
        this.group = group;
        this.clock = clock;
        if (group.isKeyed() && key.isEmpty()) {
            throw TrailException.noKey(group.before().file());
        }
        TrailSettings settings =
                new TrailSettings(group.before().file(), key.filter(_ -> group.isKeyed()), Long.MAX_VALUE, "", "");
        this.trail = AuditTrail.open(settings, store, Optional.of(group.before()), (line, _, _, _, _) -> note(line));
    }

    private void note(TrailLine line) {
        if (new GroupNumber(line.checkpointId(), line.counter()).equals(group.number())) {
            (line.event().equals(TrailLine.NOT_MADE) ? takenBack : announced).set(line.index());
        }
    }

    /** Makes the lines durable that are missing. */
    public void announce() throws IOException {
        trail.writeAgain();
        Announcer.announce(trail, group, index -> !announced.get(index));
    }

    /** True if it was said already that a change was not made: then it must not be made. */
    public boolean isTakenBack(int change) {
        return takenBack.get(change);
    }

    /** Notes that a change is not made. */
    public void takeBack(int change, NotMade reason) {
        if (!takenBack.get(change)) {
            notMade.put(change, reason);
        }
    }

    /** Makes it durable what was not made. */
    public void end() throws IOException {
        Announcer.takeBack(trail, group, notMade, clock.instant());
        notMade.keySet().forEach(takenBack::set);
        notMade.clear();
    }

    /** What the checkpoint has to keep. */
    public TrailHead head() {
        return new TrailHead(trail.end(), group.number().counter());
    }

    @Override
    public void close() throws IOException {
        trail.close();
    }
}
