package io.pickaroon.processor.metrics;

import io.pickaroon.processor.container.ContainerFormat;
import io.pickaroon.processor.directio.NativePath;
import io.pickaroon.processor.file.LogFile;
import io.pickaroon.processor.input.LogInput;
import io.pickaroon.processor.scan.ScannedWindow;
import java.io.IOException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Counts what of container logs is not in its format, or not all of its message, and warns of each file that begins with nothing else
 * than lines that are not in the format: of a wrong {@code format} nothing else is seen. Thread-safe.
 */
final class ContainerLines {
    private static final Logger LOG = LoggerFactory.getLogger(ContainerLines.class);

    /** Of a first line, to see which format it has; Docker's are of 16 KiB and what escapes add. */
    private static final int LONGEST_LINE_BYTES = 128 << 10;

    private final AtomicLong foreign = new AtomicLong();
    private final AtomicLong cut = new AtomicLong();
    private final Map<String, ContainerFormat> formats = new HashMap<>();

    ContainerLines(List<LogInput> inputs) {
        inputs.forEach(input ->
                input.reading().plan().format().container().ifPresent(format -> formats.put(input.id(), format)));
    }

    void add(ScannedWindow window) {
        foreign.addAndGet(window.matches().foreignLines());
        cut.addAndGet(window.matches().cutRecords());
    }

    /** Warns, if it is the first window of a file and has no line in the format. Reads the file; on the thread that fixes. */
    void warn(ScannedWindow window) {
        ContainerFormat format = formats.get(window.input());
        long foreignLines = window.matches().foreignLines();
        if (format != null
                && window.startOffset() == 0
                && foreignLines > 0
                && foreignLines == window.tally().records()) {
            LOG.warn(
                    "{} is not in the format {}{}: each of its first lines ({}) is taken as a record as it stands; see"
                            + " 'format' of input {}",
                    NativePath.printable(window.file().path()),
                    format.syntax().word(),
                    resemblance(window.file()),
                    foreignLines,
                    window.input());
        }
    }

    private static String resemblance(LogFile file) {
        byte[] line;
        try {
            line = firstLine(file);
        } catch (IOException truncated) {
            return "";
        }
        return Stream.of(ContainerFormat.Syntax.values())
                .filter(syntax -> syntax.isOf(line))
                .findFirst()
                .map(syntax -> ", it looks like " + syntax.word())
                .orElse("");
    }

    private static byte[] firstLine(LogFile file) throws IOException {
        byte[] bytes = new byte[LONGEST_LINE_BYTES];
        int length = file.readUpTo(0, bytes, 0, bytes.length);
        int end = 0;
        while (end < length && bytes[end] != '\n') {
            end++;
        }
        return Arrays.copyOf(bytes, end);
    }

    /** Lines that are not in the format of their input. */
    long foreign() {
        return foreign.get();
    }

    /** Records that are not all of their message. */
    long cut() {
        return cut.get();
    }
}
