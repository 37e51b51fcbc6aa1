package io.pickaroon.processor;

import io.pickaroon.processor.scan.ScannedWindow;
import java.util.BitSet;
import java.util.Optional;
import java.util.stream.IntStream;

/** A window whose records go to a subscriber, and which of them are acknowledged. Guarded by its {@link RecordSink}. */
final class EmittedWindow {
    private final ScannedWindow window;
    private final BitSet acknowledged = new BitSet();

    EmittedWindow(ScannedWindow window) {
        this.window = window;
    }

    ScannedWindow window() {
        return window;
    }

    int size() {
        return window.matches().size();
    }

    long bytes() {
        return window.matches().recordBytes();
    }

    /** Its records, each made when it is taken. Needs no guard. */
    Iterable<MatchedRecord> records(RecordSink sink) {
        return () -> IntStream.range(0, size())
                .mapToObj(match -> sink.emit(this, match))
                .iterator();
    }

    void acknowledge(int match) {
        acknowledged.set(match);
    }

    boolean isAcknowledged() {
        return acknowledged.cardinality() == size();
    }

    /** The window up to the first record that is not acknowledged; empty if that is its first one. */
    Optional<ScannedWindow> acknowledgedHead() {
        return window.before(acknowledged.nextClearBit(0));
    }

    @Override
    public String toString() {
        return "%d of %d records of %s".formatted(size() - acknowledged.cardinality(), size(), window);
    }
}
