package io.pickaroon.connectors.kafka.start;

import java.util.Optional;

/** What the sessions of one sink remember from the sessions before. Thread-safe. */
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

    /** Whether the topic has claims that were never committed, and lead to another decision than the committed ones. */
    synchronized boolean uncommittedMisleads() {
        return uncommittedMisleads;
    }

    synchronized void uncommittedMislead() {
        uncommittedMisleads = true;
    }

    /** Whether the user has been told under which name delivery continues. */
    synchronized boolean isAnnounced() {
        return announced;
    }

    synchronized void announced() {
        announced = true;
    }

    /** The claimed name; empty before the first claim. */
    public synchronized Optional<String> name() {
        return name;
    }

    synchronized void claimed(String claimed) {
        name = Optional.of(claimed);
    }
}
