package io.pickaroon.processor.audit;

import io.pickaroon.processor.audit.AuditedGroup.AuditedWindow;
import io.pickaroon.processor.audit.AuditedGroup.Entry;
import io.pickaroon.processor.audit.AuditedGroup.GroupNumber;
import io.pickaroon.processor.audit.AuditedGroup.Origin;
import io.pickaroon.processor.delivery.DeliveredWindow;
import io.pickaroon.processor.delivery.Instance;
import java.io.IOException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.function.Supplier;

/**
 * Announces the changes of a run in its trail, group by group, and takes back those that were not made. Used by one thread at a
 * time.
 */
public final class Announcer implements AutoCloseable {
    private final AuditTrail trail;
    private final TrailSettings settings;
    private final Supplier<Instance> instance;
    private final InstantSource clock;
    private long counter;

    /**
     * @param instance who changes, by now
     * @param counter of the last group that was announced by this checkpoint's journal; 0 if there was none
     */
    public Announcer(
            AuditTrail trail, TrailSettings settings, Supplier<Instance> instance, InstantSource clock, long counter) {
        this.trail = trail;
        this.settings = settings;
        this.instance = instance;
        this.clock = clock;
        this.counter = counter;
    }

    /** The group of these windows, which were all scanned for an audit trail: what the journal has to hold before it is announced. */
    public AuditedGroup group(List<DeliveredWindow> windows) throws IOException {
        trail.prepare();
        Instance now = instance.get();
        return new AuditedGroup(
                new GroupNumber(now.checkpointId(), counter + 1),
                trail.end(),
                trail.isKeyed(),
                clock.instant(),
                new Origin(now.name(), settings.version(), settings.configuration()),
                windows.stream()
                        .map(DeliveredWindow::scanned)
                        .map(AuditedWindow::of)
                        .toList());
    }

    /** Makes the lines of a group durable. */
    public void announce(AuditedGroup group) throws IOException {
        announce(trail, group, _ -> true);
        counter = group.number().counter();
    }

    /** Which lines of a group are written. */
    interface Wanted {
        boolean isWanted(int index);
    }

    static void announce(AuditTrail trail, AuditedGroup group, Wanted wanted) throws IOException {
        AuditTrail.Lines lines = trail.lines();
        List<Entry> entries = group.entries();
        for (int i = 0; i < entries.size(); i++) {
            int index = i;
            if (wanted.isWanted(index)) {
                lines.add(prev -> TrailLine.text(group, index, entries.get(index), prev, group.time(), null));
            }
        }
        lines.end();
    }

    /**
     * Makes it durable that changes of a group were not made.
     *
     * @param reasons by the index of the change in the group
     */
    public void takeBack(AuditedGroup group, SortedMap<Integer, NotMade> reasons) throws IOException {
        takeBack(trail, group, reasons, clock.instant());
    }

    static void takeBack(AuditTrail trail, AuditedGroup group, SortedMap<Integer, NotMade> reasons, Instant now)
            throws IOException {
        if (reasons.isEmpty()) {
            return;
        }
        AuditTrail.Lines lines = trail.lines();
        List<Entry> entries = group.entries();
        for (Map.Entry<Integer, NotMade> taken : reasons.entrySet()) {
            int index = taken.getKey();
            lines.add(prev -> TrailLine.text(
                    group,
                    index,
                    entries.get(index),
                    prev,
                    now,
                    taken.getValue().word()));
        }
        lines.end();
    }

    /** What the checkpoint has to keep. */
    public TrailHead head() {
        return new TrailHead(trail.end(), counter);
    }

    @Override
    public void close() throws IOException {
        trail.close();
    }
}
