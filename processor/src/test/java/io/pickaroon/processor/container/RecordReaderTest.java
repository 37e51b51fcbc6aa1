package io.pickaroon.processor.container;

import static io.pickaroon.processor.container.FoundByReader.found;
import static io.pickaroon.processor.container.FoundByReader.read;
import static org.assertj.core.api.Assertions.assertThat;

import io.pickaroon.processor.container.ContainerFormat.Syntax;
import io.pickaroon.processor.container.ContainerLog.Found;
import io.pickaroon.processor.container.RecordReader.MessageRules;
import io.pickaroon.processor.container.RecordReader.StartTest;
import io.pickaroon.processor.file.LogFile;
import io.pickaroon.processor.file.Position;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RecordReaderTest {
    private static final StartTest STARTS_WITH_A = (bytes, from, to) -> from < to && bytes[from] == 'a';

    @TempDir
    Path directory;

    /** One random file and how it is read. */
    private static final class Trial {
        final byte[] bytes;
        final ContainerFormat format;
        final MessageRules rules;
        final List<Found> expected;
        final String description;

        Trial(long seed) {
            Random random = new Random(seed);
            Syntax syntax = Syntax.values()[random.nextInt(2)];
            bytes = ContainerLog.random(random, syntax);
            format = new ContainerFormat(syntax, random.nextBoolean() ? 1 << 20 : 1 + random.nextInt(400));
            boolean isMultiline = random.nextBoolean();
            int most = random.nextBoolean() ? 100 : 1 + random.nextInt(20);
            rules = new MessageRules(most, true, isMultiline ? STARTS_WITH_A : null, 4096);
            expected = new ContainerLog(format, most, isMultiline ? text -> text.startsWith("a") : null)
                    .read(new String(bytes, StandardCharsets.ISO_8859_1));
            description = "seed %d, %s, at most %d, multiline %s".formatted(seed, format, most, isMultiline);
        }
    }

    @Test
    void findsWhatAReaderFindsThatKeepsAnOpenRecordForEachStream() throws IOException {
        for (long seed = 0; seed < 10_000; seed++) {
            Trial trial = new Trial(seed);
            Random random = new Random(seed);
            try (LogFile file = LogFile.open(Files.write(directory.resolve("log"), trial.bytes))) {
                RecordReader reader = new RecordReader(trial.format, trial.rules);
                List<Found> all = new ArrayList<>();
                // Each window, also where it begins in the middle of everything, begins with nothing but a position.
                Position reached = Position.START;
                while (reached.offset() < trial.bytes.length) {
                    reader.begin(file, reached, trial.bytes.length, false);
                    read(reader, reached.offset() + 1 + random.nextInt(100), random.nextInt(3), all);
                    reached = reader.position();
                }
                assertThat(all).as(trial.description).isEqualTo(trial.expected);
                assertThat(all.stream().mapToLong(Found::bytes).sum()).isEqualTo(trial.bytes.length);
            }
        }
    }

    @Test
    void goesOnBehindEachRecordAsIfItHadNotStopped() throws IOException {
        for (long seed = 0; seed < 2_000; seed++) {
            Trial trial = new Trial(seed);
            try (LogFile file = LogFile.open(Files.write(directory.resolve("log"), trial.bytes))) {
                RecordReader reader = new RecordReader(trial.format, trial.rules);
                Position reached = Position.START;
                for (int record = 0; record < trial.expected.size(); record++) {
                    reader.begin(file, reached, trial.bytes.length, false);
                    assertThat(reader.next(Long.MAX_VALUE))
                            .as(trial.description)
                            .isTrue();
                    assertThat(found(reader, 0)).as(trial.description).isEqualTo(trial.expected.get(record));
                    reached = reader.found().after(0);
                }
            }
        }
    }

    @Test
    void aGrowingFileIsReadAsIfAllOfItHadBeenThereAtOnce() throws IOException {
        for (long seed = 0; seed < 2_000; seed++) {
            Trial trial = new Trial(seed);
            Random random = new Random(seed);
            Path path = Files.write(directory.resolve("log"), trial.bytes);
            try (LogFile file = LogFile.open(path)) {
                RecordReader reader = new RecordReader(trial.format, trial.rules);
                List<Found> all = new ArrayList<>();
                Position reached = Position.START;
                for (int size = 0; size < trial.bytes.length; ) {
                    size = Math.min(trial.bytes.length, size + 1 + random.nextInt(80));
                    int limit = size;
                    while (limit > 0 && limit < trial.bytes.length && trial.bytes[limit - 1] != '\n') {
                        limit--;
                    }
                    if (limit > reached.offset()) {
                        reader.begin(file, reached, limit, limit < trial.bytes.length);
                        read(reader, Long.MAX_VALUE, 3, all);
                        reached = reader.position();
                    }
                }
                assertThat(all).as(trial.description).isEqualTo(trial.expected);
            }
        }
    }

    @Test
    void theRestOfALineThatWasTakenAsItStoodIsALineOfItsOwn() throws IOException {
        String begun = "2026-11-30T09:00:00Z stdout P a\n2026-11-30T09:00:00Z stdout F b";
        ContainerFormat format = new ContainerFormat(Syntax.CRI, 1 << 20);
        RecordReader reader = new RecordReader(format, new MessageRules(100, true, null, 4096));
        for (String rest : List.of("c\n", "\n", "2026-11-30T09:00:00Z stderr F c\n")) {
            Path path = Files.writeString(directory.resolve("log"), begun + rest);
            try (LogFile file = LogFile.open(path)) {
                List<Found> all = new ArrayList<>();
                reader.begin(file, Position.START, begun.length(), false);
                read(reader, 1, 3, all);
                assertThat(all).singleElement().extracting(Found::text).isEqualTo("ab");
                Position reached = reader.position();
                assertThat(reached.lastDone()).isEqualTo(begun.length()).isGreaterThan(reached.offset());

                all.clear();
                reader.begin(file, reached, begun.length() + rest.length(), false);
                read(reader, Long.MAX_VALUE, 3, all);
                assertThat(all).singleElement().satisfies(found -> {
                    assertThat(found.start()).isEqualTo(begun.length());
                    assertThat(found.raw()).isEqualTo(rest.strip());
                    assertThat(found.bytes()).isEqualTo(rest.length());
                });
            }
        }
    }
}
