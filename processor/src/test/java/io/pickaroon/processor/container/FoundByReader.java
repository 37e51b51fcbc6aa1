package io.pickaroon.processor.container;

import static org.assertj.core.api.Assertions.assertThat;

import io.pickaroon.processor.container.ContainerLog.Found;
import io.pickaroon.processor.container.RecordReader.MessageRules;
import io.pickaroon.processor.container.RecordReader.StartTest;
import io.pickaroon.processor.file.LogFile;
import io.pickaroon.processor.file.Position;
import io.pickaroon.processor.scan.MemoryLog;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** What a {@link RecordReader} finds, as the obvious way to read says it. */
final class FoundByReader {
    private FoundByReader() {}

    /** How a file is read: the first bytes of a fuzzer's input. */
    record Plan(ContainerFormat format, int maxRecordBytes, boolean isMultiline, int windowBytes, int together) {
        static final int BYTES = 4;

        static Plan of(byte[] input, ContainerFormat.Syntax syntax) {
            int distance = Byte.toUnsignedInt(input[1]);
            return new Plan(
                    new ContainerFormat(syntax, distance == 255 ? 1 << 20 : 1 + 2 * distance),
                    1 + Byte.toUnsignedInt(input[2]),
                    (input[0] & 4) != 0,
                    1 + Byte.toUnsignedInt(input[3]),
                    input[0] & 3);
        }

        private Optional<Predicate<String>> starts() {
            return isMultiline ? Optional.of(text -> !text.startsWith(" ")) : Optional.empty();
        }

        private MessageRules rules() {
            StartTest starts = (bytes, from, to) -> from == to || bytes[from] != ' ';
            return new MessageRules(maxRecordBytes, true, isMultiline ? starts : null, 4096);
        }

        /** What the obvious way finds. */
        List<Found> expected(byte[] log) {
            return new ContainerLog(format, maxRecordBytes, starts().orElse(null)).read(text(log, 0, log.length));
        }

        /** What the reader finds, window by window, each from nothing but a position. Every byte is of one record. */
        List<Found> found(byte[] log) throws IOException {
            LogFile file = new MemoryLog(log);
            RecordReader reader = new RecordReader(format, rules());
            List<Found> all = new ArrayList<>();
            Position reached = Position.START;
            while (reached.offset() < log.length) {
                reader.begin(file, reached, log.length, false);
                read(reader, reached.offset() + windowBytes, together, all);
                assertThat(reader.position().offset()).isGreaterThan(reached.offset());
                reached = reader.position();
            }
            assertThat(all.stream().mapToLong(Found::bytes).sum()).isEqualTo(log.length);
            return all;
        }
    }

    /** Adds the records that start before an offset, a few together. */
    static void read(RecordReader reader, long endOffset, int together, List<Found> all) throws IOException {
        do {
            reader.clear();
            while (reader.next(endOffset) && reader.found().count() < together) {
                continue;
            }
            for (int record = 0; record < reader.found().count(); record++) {
                all.add(found(reader, record));
            }
        } while (reader.found().count() > 0);
    }

    /** One of those that the reader has found. */
    static Found found(RecordReader reader, int record) {
        FoundRecords found = reader.found();
        byte[] text = new byte[found.length(record)];
        found.copyText(record, text, 0);
        byte[] raw = new byte[found.rawLength(record)];
        found.copyRaw(record, null, raw, 0);
        String time = "";
        if (found.isInFormat(record)) {
            found.findTime(record);
            time = text(found.bytes(), found.timeStart(), found.timeEnd());
        }
        return new Found(
                found.start(record),
                text(text, 0, text.length),
                found.stream(record),
                found.part(record),
                found.isHeadOnly(record),
                time,
                found.fileBytes(record),
                text(raw, 0, raw.length));
    }

    private static String text(byte[] bytes, int from, int to) {
        return new String(bytes, from, to - from, StandardCharsets.ISO_8859_1);
    }
}
