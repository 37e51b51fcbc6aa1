package io.pickaroon.processor.metrics;

/** The state of the destination of a run, as the engine sees it. */
public sealed interface Destination {
    /** It was not reached yet in this session. */
    record Awaited() implements Destination {}

    /** It takes windows. */
    record Ready() implements Destination {}

    /**
     * It failed and is retried.
     *
     * @param reason for people
     */
    record Failing(String reason) implements Destination {}
}
