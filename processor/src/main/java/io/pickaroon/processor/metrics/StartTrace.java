package io.pickaroon.processor.metrics;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashSet;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/**
 * Where the start of the process went: one line on standard error for each phase, as it ends, in milliseconds since the
 * launcher began and in milliseconds of its own. Off unless the launcher says when it began.
 *
 * <p>Thread-safe. A name is printed once, so that what happens again in a long run is not taken for a part of its start.
 */
public final class StartTrace {
    /** When the launcher began and when it became the JVM, in microseconds since 1970, with a comma between them. */
    public static final String PROPERTY = "pickaroon.start";

    private static final StartTrace OF_PROCESS = of(System.getProperty(PROPERTY));

    private final long beganMicros;
    private final LongSupplier clockMicros;
    private final Consumer<String> lines;
    private final Set<String> printed = new HashSet<>();
    private long lastMicros;

    StartTrace(long beganMicros, LongSupplier clockMicros, Consumer<String> lines) {
        this.beganMicros = beganMicros;
        this.clockMicros = clockMicros;
        this.lines = lines;
        this.lastMicros = beganMicros;
    }

    private static StartTrace of(String launcherMicros) {
        if (launcherMicros == null) {
            return null;
        }
        String[] times = launcherMicros.split(",");
        StartTrace trace = new StartTrace(
                Long.parseLong(times[0]),
                () -> ChronoUnit.MICROS.between(Instant.EPOCH, Instant.now()),
                line -> System.err.println(line));
        trace.ended("launcher", Long.parseLong(times[1]));
        return trace;
    }

    /** A phase ends now that began when the one before it ended: phases follow each other, and add up to the whole. */
    public static void phase(String name) {
        if (OF_PROCESS != null) {
            OF_PROCESS.ended(name);
        }
    }

    /** When work begins that runs beside the phases, for {@link #beside}. */
    public static long now() {
        return OF_PROCESS == null ? 0 : OF_PROCESS.clockMicros.getAsLong();
    }

    /** Work ends now that ran beside the phases, and is a part of no sum. */
    public static void beside(String name, long beganMicros) {
        if (OF_PROCESS != null) {
            OF_PROCESS.endedBeside(name, beganMicros);
        }
    }

    void ended(String name) {
        ended(name, clockMicros.getAsLong());
    }

    private synchronized void ended(String name, long nowMicros) {
        if (printed.add(name)) {
            print(name, nowMicros, nowMicros - lastMicros, "");
            lastMicros = nowMicros;
        }
    }

    synchronized void endedBeside(String name, long beganMicros) {
        long nowMicros = clockMicros.getAsLong();
        if (printed.add(name)) {
            print(name, nowMicros, nowMicros - beganMicros, " beside");
        }
    }

    private void print(String name, long nowMicros, long ownMicros, String beside) {
        lines.accept("pickaroon start: " + milliseconds(nowMicros - beganMicros) + " ms " + milliseconds(ownMicros)
                + " own  " + name + beside);
    }

    /** With one digit after the point, at least seven characters. Cut and not rounded, so that sums stay below the whole. */
    private static String milliseconds(long micros) {
        String text = micros / 1000 + "." + micros % 1000 / 100;
        return " ".repeat(Math.max(0, 7 - text.length())) + text;
    }
}
