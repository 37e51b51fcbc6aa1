package io.pickaroon.processor.read;

import io.pickaroon.processor.directio.NativePath;
import io.pickaroon.processor.file.LogFile;
import io.pickaroon.processor.input.LogInput;
import io.pickaroon.processor.time.TimeStretch;
import io.pickaroon.processor.time.TimedRecords;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/** Where in a file the records are that an input means, if it means those of a range of time. Stateless. */
public final class SoughtStretch {
    private SoughtStretch() {}

    /**
     * Searches for it.
     *
     * @param name of the file in messages
     * @return empty where records of any time are read, and in decoded content, which is read whole
     * @throws IOException also if none of the records that were looked at has a time
     */
    public static Optional<TimeStretch> of(LogInput input, LogFile file, Path name) throws IOException {
        Optional<TimedRecords> times = input.reading().times().filter(_ -> !file.isDecoded());
        if (times.isEmpty()) {
            return Optional.empty();
        }
        TimeStretch stretch = times.get().stretchOf(file, input.plan().format(), 0);
        if (!stretch.hasTimes() && file.sizeBytes() > 0) {
            throw new IOException(NativePath.printable(name)
                    + ": no record that was looked at has a time as 'time' of the input reads it");
        }
        return Optional.of(stretch);
    }
}
