package io.pickaroon.connectors.kafka.start;

import java.util.Optional;

/** What the sessions of one sink know of each other. One session at a time uses it, on any thread. */
public final class ClaimMemory {
    private boolean started;
    private boolean uncommittedMisleads;
    private boolean announced;
    private Optional<String> name = Optional.empty();

    /** Whether the checkpoint has counted this start. */
    synchronized boolean isStarted() {
        return started;
    }

    synchronized void started() {
        started = true;
    }

    /** Whether the topic has claims that were never committed, and that lead to another decision than those that were. */
    synchronized boolean uncommittedMisleads() {
        return uncommittedMisleads;
    }

    synchronized void uncommittedMislead() {
        uncommittedMisleads = true;
    }

    /** Whether a person has been told how it goes on. */
    synchronized boolean isAnnounced() {
        return announced;
    }

    synchronized void announced() {
        announced = true;
    }

    /** The name that is claimed; empty before the first claim. */
    public synchronized Optional<String> name() {
        return name;
    }

    synchronized void claimed(String claimed) {
        name = Optional.of(claimed);
    }
}
