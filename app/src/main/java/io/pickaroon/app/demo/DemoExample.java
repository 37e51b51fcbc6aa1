package io.pickaroon.app.demo;

import io.pickaroon.connectors.broker.TopicReader.TopicRecord;
import io.pickaroon.inputs.shown.MatchHeaders;
import io.pickaroon.processor.directio.ByteText;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** One record of the demo, read back from the copy of the log, from the log, and from its topic. */
final class DemoExample {
    private DemoExample() {}

    /** Some lines, with line ends. */
    static String of(TopicRecord record, Path before, Path log) throws IOException {
        long offset = Long.parseLong(record.headers().get(MatchHeaders.OFFSET));
        int length = record.value().length;
        StringBuilder text =
                new StringBuilder("One record, at offset %d of the log, before and after:%n".formatted(offset));
        text.append("  %s%n".formatted(read(before, offset, length)));
        text.append("  %s%n".formatted(read(log, offset, length)));
        text.append("The same in Kafka, topic %s, partition %d, offset %d:%n"
                .formatted(record.topic(), record.partition(), record.offset()));
        text.append("  key     %s%n".formatted(record.key().length == 0 ? "(none)" : printable(record.key())));
        record.headers().forEach((name, value) -> text.append("  header  %s: %s%n".formatted(name, value)));
        text.append("  value   %s%n%n".formatted(printable(record.value())));
        return text.toString();
    }

    private static String read(Path file, long offset, int length) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(length);
        try (FileChannel channel = FileChannel.open(file)) {
            while (bytes.hasRemaining()) {
                if (channel.read(bytes, offset + bytes.position()) < 0) {
                    throw new EOFException(file + " ends before the record at " + offset);
                }
            }
        }
        return printable(bytes.array());
    }

    private static String printable(byte[] bytes) {
        return ByteText.withoutControls(new String(bytes, StandardCharsets.UTF_8));
    }
}
