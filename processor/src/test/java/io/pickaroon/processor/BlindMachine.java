package io.pickaroon.processor;

import io.pickaroon.processor.file.FileSighting;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import java.util.function.Consumer;

/** This machine, and for a time no directory can be read: as if the process had no descriptor left. */
final class BlindMachine extends ForwardingMachine {
    volatile boolean isBlind;

    @Override
    public void filesIn(Path directory, Consumer<FileSighting> found) throws IOException {
        if (isBlind) {
            throw new FileSystemException(directory.toString(), null, "Too many open files");
        }
        super.filesIn(directory, found);
    }
}
