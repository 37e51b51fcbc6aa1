package io.pickaroon.processor.file;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LineEndsTest {
    @TempDir
    Path directory;

    @Test
    void stayWhenAFixChangesBytesAndWhenTheFileGrows() throws IOException {
        LineEnds before = of("one ERROR\ntwo\n", 14);
        assertThat(areStillIn(before, "one FIXED\ntwo\nthree\n", 14)).isTrue();
    }

    @Test
    void areOthersWhenOtherLinesStandThere() throws IOException {
        LineEnds before = of("one ERROR\ntwo\n", 14);
        assertThat(areStillIn(before, "four\nfive ERROR\nsix\n", 14)).isFalse();
    }

    @Test
    void areGoneWhenTheFileIsShorter() throws IOException {
        LineEnds before = of("one ERROR\ntwo\n", 14);
        assertThat(areStillIn(before, "one ERROR\ntwo", 14)).isFalse();
    }

    @Test
    void areLookedForInTheLast4096BytesOnly() throws IOException {
        LineEnds before = of("head\n" + "x".repeat(5000) + "\nend\n", 5010);
        assertThat(before.lengthBytes()).isEqualTo(4096);
        assertThat(areStillIn(before, "h\nad\n" + "y".repeat(5000) + "\nend\n", 5010))
                .isTrue();
        assertThat(areStillIn(before, "head\n" + "x".repeat(4999) + "\nthe\nnd\n", 5010))
                .isFalse();
    }

    @Test
    void thatAreUnknownContradictNoFile() throws IOException {
        LineEnds before = of("short\n", 100);
        assertThat(before).isEqualTo(LineEnds.UNKNOWN);
        assertThat(areStillIn(before, "other\n", 3)).isTrue();
    }

    private LineEnds of(String content, long offset) throws IOException {
        try (LogFile file = LogFile.open(Files.writeString(directory.resolve("log"), content))) {
            return LineEnds.before(file, offset);
        }
    }

    private boolean areStillIn(LineEnds before, String content, long offset) throws IOException {
        Path log = directory.resolve("log");
        try (LogFile file = LogFile.open(log)) {
            Files.writeString(log, content, StandardOpenOption.TRUNCATE_EXISTING);
            return before.areStillIn(file, offset);
        }
    }
}
