package io.pickaroon.processor.read;

import io.pickaroon.processor.directio.NativePath;
import io.pickaroon.processor.file.LogFile;
import io.pickaroon.processor.input.FilePart;
import io.pickaroon.processor.input.LogInput;
import io.pickaroon.processor.time.TimeStretch;
import io.pickaroon.processor.time.TimedRecords;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Where in a file the records are that an input means, if it means those of a range of time, or those of a part of the file.
 *
 * @param startOffset where a record starts; none that is meant starts before it
 * @param silentOffset up to where records are read that are not meant, because those behind them depend on them: in a container
 *     log
 * @param endOffset exclusive end of the places where records start that are meant, at least the start
 * @param limitOffset up to where the last of them may reach; {@link Long#MAX_VALUE} where it is not known how long the content is
 */
public record SoughtStretch(long startOffset, long silentOffset, long endOffset, long limitOffset) {
    /**
     * Searches for it.
     *
     * @param name of the file in messages
     * @return empty where all records are meant, and where all of decoded content is read for those of a range of time
     * @throws IOException also if none of the records that were looked at has a time
     */
    public static Optional<SoughtStretch> of(LogInput input, LogFile file, Path name) throws IOException {
        Optional<TimeStretch> times = ofTimes(input, file, name);
        Optional<FilePart> part = input.files().part(file.identity());
        if (part.isEmpty()) {
            return times.map(of -> new SoughtStretch(of.startOffset(), 0, of.endOffset(), of.endOffset()));
        }
        long limit = file.isDecoded() ? Long.MAX_VALUE : file.sizeBytes();
        long start = times.map(TimeStretch::startOffset).orElse(0L);
        long end = Math.min(
                part.get().endOffset(), times.map(TimeStretch::endOffset).orElse(limit));
        boolean isContainer = input.plan().format().container().isPresent();
        return Optional.of(new SoughtStretch(
                start, isContainer ? Math.min(part.get().startOffset(), end) : 0, Math.max(start, end), limit));
    }

    private static Optional<TimeStretch> ofTimes(LogInput input, LogFile file, Path name) throws IOException {
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
