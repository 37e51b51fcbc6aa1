package io.pickaroon.config.section;

import java.util.function.IntSupplier;

/** What a settings file leaves to the machine that reads it. Asked only when needed. */
public record Machine(IntSupplier processorCount) {
    public static Machine local() {
        return new Machine(() -> Runtime.getRuntime().availableProcessors());
    }

    int processors() {
        return processorCount.getAsInt();
    }
}
