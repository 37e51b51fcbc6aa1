package io.pickaroon.processor.scan;

import io.pickaroon.processor.container.FoundRecords;
import io.pickaroon.processor.container.Part;
import io.pickaroon.processor.container.RecordReader;
import io.pickaroon.processor.file.Position;
import io.pickaroon.processor.window.Window;
import java.io.IOException;
import java.util.Arrays;

/**
 * The scan of a window of a container log, whose records may have lines behind those of others, and behind the window: puts the texts
 * of many records into the workspace's buffer, a line feed behind each, and has the rules walk over them.
 *
 * <p>Every byte is counted in the window where its record starts.
 */
final class ContainerScan implements WindowScan {
    private static final int MOST_RECORDS = 8 * 1024;

    private final Window window;
    private final ScanPart part;
    private final Workspace workspace;
    private final RecordReader reader;
    private final FoundRecords found;

    /** Where the text of each record starts in the buffer, and where that of one more would. */
    private int[] starts = new int[64];
    /** The first record that the rules have not seen, and the number of all. */
    private int next;

    private int count;
    private long reachedOffset;
    private boolean done;

    ContainerScan(Window window, ScanPart part) throws IOException {
        this.window = window;
        this.part = part;
        this.workspace = part.workspace();
        this.reader = workspace.container;
        this.found = reader.found();
        this.reachedOffset = window.startOffset();
        workspace.beginWindow(window.lengthBytes());
        reader.begin(window.file(), window.start(), window.limitOffset(), window.holdsOpen());
    }

    @Override
    public ScannedWindow next() throws IOException {
        while (!part.isFull()) {
            if (next == count && !read()) {
                done = true;
                part.batch().countShifted(reader.takePassedBytes());
                return end(reader.position());
            }
            scan();
        }
        Position after = found.after(next - 1);
        done = after.offset() >= window.endOffset();
        return end(after);
    }

    /** Null where nothing was read. */
    private ScannedWindow end(Position position) throws IOException {
        if (position.offset() == reachedOffset) {
            return null;
        }
        reachedOffset = position.offset();
        return part.end(position);
    }

    /** Reads the next records. Returns false if none starts in the window. */
    private boolean read() throws IOException {
        reader.clear();
        int length = 0;
        while (length < Workspace.SLICE_BYTES && found.count() < MOST_RECORDS && reader.next(window.endOffset())) {
            int record = found.count() - 1;
            if (record + 1 == starts.length) {
                starts = Arrays.copyOf(starts, 2 * starts.length);
            }
            starts[record] = length;
            workspace.reserve(Math.addExact(length, found.length(record) + 1));
            found.copyText(record, workspace.bytes, length);
            length += found.length(record);
            workspace.bytes[length++] = '\n';
            starts[record + 1] = length;
        }
        next = 0;
        count = found.count();
        workspace.rules.begin(workspace.bytes, length);
        return count > 0;
    }

    /** Walks over the records, until the part is full. */
    private void scan() throws IOException {
        while (next < count && !part.isFull()) {
            int candidate = workspace.rules.nextCandidate(starts[next]);
            int stop = candidate < 0 ? starts[count] : candidate;
            while (next < count && starts[next + 1] <= stop) {
                count(next, false);
                next++;
            }
            if (candidate >= 0) {
                count(next, matches(next));
                next++;
            }
        }
    }

    private boolean matches(int record) throws IOException {
        int start = starts[record];
        found.select(record);
        int delimiterBytes = found.isHeadOnly(record) ? ScanPart.HEAD_ONLY : 1;
        return part.addMatches(found.start(record) - start, start, start + found.length(record), delimiterBytes);
    }

    private void count(int record, boolean isMatch) {
        long bytes = found.fileBytes(record);
        if (found.isHeadOnly(record)) {
            part.counter().oversizedRecord(isMatch, bytes);
        } else {
            part.counter().records(1, bytes);
            if (isMatch) {
                part.counter().matchedRecord(bytes);
            }
        }
        part.batch().countLines(found.isInFormat(record) ? 0 : 1, found.part(record) == Part.WHOLE ? 0 : 1);
        part.batch().countShifted(found.shiftedBytes(record));
    }

    @Override
    public boolean isDone() {
        return done;
    }

    @Override
    public Workspace workspace() {
        return workspace;
    }

    @Override
    public void close() {
        reader.clear();
    }
}
