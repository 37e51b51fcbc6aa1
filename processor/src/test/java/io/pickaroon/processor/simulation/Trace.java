package io.pickaroon.processor.simulation;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.stream.Collectors;

/** The last events of a simulation, for a seed that failed; keeps nothing unless asked to. */
final class Trace {
    private static final int EVENTS = 80;

    private final boolean kept;
    private final Deque<String> events = new ArrayDeque<>();

    private Trace(boolean kept) {
        this.kept = kept;
    }

    static Trace none() {
        return new Trace(false);
    }

    static Trace ofLastEvents() {
        return new Trace(true);
    }

    /** Adds an event in some words, which are put together only if it is kept. */
    void add(Object... words) {
        if (kept) {
            if (events.size() == EVENTS) {
                events.removeFirst();
            }
            events.addLast(Arrays.stream(words).map(String::valueOf).collect(Collectors.joining(" ")));
        }
    }

    @Override
    public String toString() {
        return String.join("\n", events);
    }
}
