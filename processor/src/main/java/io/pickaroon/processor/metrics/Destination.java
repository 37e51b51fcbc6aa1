package io.pickaroon.processor.metrics;

/** How the destination of a run is doing, as far as the engine has seen. */
public sealed interface Destination {
    /** It was not reached yet in this session. */
    record Awaited() implements Destination {}

    /** It takes windows. */
    record Ready() implements Destination {}

    /**
     * It failed, and will be tried again.
     *
     * @param reason for people
     */
    record Failing(String reason) implements Destination {}
}
