package io.pickaroon.processor.simulation;

import io.pickaroon.processor.delivery.DeliveredPosition;
import io.pickaroon.processor.file.FileIdentity;
import io.pickaroon.processor.scan.ScannedWindow;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The brokers: what they have outlives every process. Checks each record that becomes visible. */
final class Destination {
    private final Map<FileIdentity, ExpectedLog> logs;
    private final boolean exactlyOnce;
    private final Faults faults;
    private final Trace trace;
    private final Map<FileIdentity, DeliveredPosition> positions = new HashMap<>();
    /** A transaction that was to be committed by somebody who did not hear what became of it. */
    private List<ScannedWindow> inDoubt = List.of();

    private long arrivals;

    Destination(Map<FileIdentity, ExpectedLog> logs, boolean exactlyOnce, Faults faults, Trace trace) {
        this.logs = logs;
        this.exactlyOnce = exactlyOnce;
        this.faults = faults;
        this.trace = trace;
    }

    /** Matches that became visible so far. */
    long arrivals() {
        return arrivals;
    }

    /** A window is handed to the sink. */
    void receives(ScannedWindow window) {
        logs.get(window.file().identity()).handedOver(window);
    }

    /** One match becomes visible. */
    void arrives(ScannedWindow window, int match) {
        arrivals++;
        logs.get(window.file().identity()).arrives(window, match, exactlyOnce);
    }

    void arrives(ScannedWindow window) {
        for (int match = 0; match < window.matches().size(); match++) {
            arrives(window, match);
        }
    }

    /** Some matches of a window become visible, and others never do. */
    void arrivesInPart(ScannedWindow window) {
        for (int match = 0; match < window.matches().size(); match++) {
            if (faults.arrives()) {
                arrives(window, match);
            }
        }
    }

    /** The engine is about to be told that a window is delivered. */
    void acknowledges(ScannedWindow window) {
        trace.add("acknowledged", window);
        logs.get(window.file().identity()).acknowledged(window);
    }

    /** A transaction: records and positions become visible together. */
    void commit(List<ScannedWindow> windows) {
        trace.add("committed", windows);
        for (ScannedWindow window : windows) {
            arrives(window);
            positions.put(window.file().identity(), DeliveredPosition.after(window, 0, 0));
        }
    }

    void commitInDoubt(List<ScannedWindow> windows) {
        trace.add("in doubt", windows);
        inDoubt = windows;
    }

    /** A new session makes an end of the old one's transaction, and learns how far each file was delivered. */
    Map<FileIdentity, DeliveredPosition> fence() {
        if (faults.chance(0.5)) {
            commit(inDoubt);
        }
        inDoubt = List.of();
        positions.forEach((file, position) ->
                logs.get(file).acknowledgedUpTo(position.position().offset()));
        trace.add("delivered according to the destination:", positions);
        return Map.copyOf(positions);
    }
}
