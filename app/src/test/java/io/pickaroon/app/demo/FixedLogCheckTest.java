package io.pickaroon.app.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FixedLogCheckTest {
    private static final String BEFORE = "one ERROR\ncard=4111111111111111 ERROR\ncard=4111 ends";

    @TempDir
    private Path directory;

    @Test
    void countsWhatWasFixedAndFindsNothingElse() throws IOException {
        String after = "one FIXED\ncard=************1111 FIXED\ncard=4111 ends";

        assertThat(check(after))
                .isEqualTo(new FixedLogCheck.Findings(
                        2, 2, new FixedLogCheck.Texts(0, 2, 0), new FixedLogCheck.Changes(2, 1), 0, checksum(after)));
    }

    @Test
    void noticesWhatWasLeft() throws IOException {
        FixedLogCheck.Findings found = check(BEFORE);

        assertThat(found.texts().errors()).isEqualTo(2);
        assertThat(found.texts().cards()).isEqualTo(1);
        assertThat(found.changes().replaced() + found.changes().masked() + found.changedElsewhere())
                .isZero();
    }

    @Test
    void noticesAByteThatWasChangedElsewhereAndALineFeedThatIsGone() throws IOException {
        FixedLogCheck.Findings found = check(BEFORE.replace("one", "onE").replace("\nc", " c"));

        assertThat(found.changedElsewhere()).isEqualTo(3);
        assertThat(found.linesBefore()).isEqualTo(2);
        assertThat(found.lines()).isZero();
    }

    @Test
    void noticesAReplacementThatIsTorn() throws IOException {
        FixedLogCheck.Findings found = check(BEFORE.replace("one ERROR", "one FIROR"));

        assertThat(found.changedElsewhere()).isEqualTo(2);
        assertThat(found.changes().replaced()).isZero();
    }

    @Test
    void findsWordsAcrossTheChunksInWhichItReads() throws IOException {
        String filler = "x".repeat((1 << 20) - 3);
        Path before = Files.writeString(directory.resolve("before"), filler + "ERROR");
        Path after = Files.writeString(directory.resolve("after"), filler + "FIXED");

        FixedLogCheck.Findings found = new FixedLogCheck().compare(before, after);

        assertThat(found.texts().fixed()).isOne();
        assertThat(found.changes().replaced()).isOne();
    }

    private FixedLogCheck.Findings check(String after) throws IOException {
        return new FixedLogCheck()
                .compare(
                        Files.writeString(directory.resolve("before"), BEFORE),
                        Files.writeString(directory.resolve("after"), after));
    }

    private static long checksum(String text) {
        CRC32C crc = new CRC32C();
        crc.update(text.getBytes(StandardCharsets.US_ASCII));
        return crc.getValue();
    }
}
