package shop;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.pickaroon.processor.MatchedRecord;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Records with their ids, a line each, of which none is there twice. Used by one thread at a time. */
final class OrderFile implements AutoCloseable {
    private final FileChannel file;
    private final Set<String> ids = new HashSet<>();

    private OrderFile(FileChannel file) {
        this.file = file;
    }

    /** Reads the ids of the records that are there. A line that a crash has cut off is removed: its record comes again. */
    static OrderFile open(Path path) throws IOException {
        String content = Files.exists(path) ? Files.readString(path) : "";
        String whole = content.substring(0, content.lastIndexOf('\n') + 1);
        OrderFile orders = new OrderFile(FileChannel.open(path, StandardOpenOption.CREATE, StandardOpenOption.WRITE));
        whole.lines().forEach(line -> orders.ids.add(line.substring(0, line.indexOf(' '))));
        int lengthBytes = whole.getBytes(UTF_8).length;
        orders.file.truncate(lengthBytes).position(lengthBytes);
        return orders;
    }

    /** Adds those records that are not there yet. They are on disk when this returns. */
    void addNew(List<MatchedRecord> records) {
        StringBuilder lines = new StringBuilder();
        for (MatchedRecord record : records) {
            if (ids.add(record.id())) {
                lines.append(record.id()).append(' ').append(record.text()).append('\n');
            }
        }
        try {
            for (ByteBuffer bytes = UTF_8.encode(lines.toString()); bytes.hasRemaining(); ) {
                file.write(bytes);
            }
            file.force(false);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
