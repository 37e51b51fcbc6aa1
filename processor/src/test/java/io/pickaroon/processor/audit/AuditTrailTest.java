package io.pickaroon.processor.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AuditTrailTest {
    private static final Optional<byte[]> KEY = Optional.of("a key of some length".getBytes(StandardCharsets.UTF_8));

    @TempDir
    Path directory;

    private Path file;
    private final List<String> seen = new ArrayList<>();

    @BeforeEach
    void name() throws IOException {
        file = directory.toRealPath().resolve("audit.ndjson");
    }

    private AuditTrail open(Optional<byte[]> key, long rotateBytes, Optional<TrailPlace> known) throws IOException {
        seen.clear();
        return AuditTrail.open(
                new TrailSettings(file, key, rotateBytes, "1", "c"),
                new ChannelTrailStore(),
                known,
                (line, _, _, _, _) -> seen.add(line.number()));
    }

    /** Adds a group of lines, numbered from an index on. Returns where the trail ends. */
    private static TrailPlace add(AuditTrail trail, int first, int count) throws IOException {
        trail.prepare();
        AuditTrail.Lines lines = trail.lines();
        for (int i = first; i < first + count; i++) {
            String number = "0000000000000007-1-" + i;
            lines.add(prev -> "{\"n\":\"%s\",\"prev\":\"%s\",\"time\":\"t\",\"event\":\"change\"}\n"
                    .formatted(number, prev)
                    .getBytes(StandardCharsets.US_ASCII));
        }
        lines.end();
        return trail.end();
    }

    private TrailPlace make(Optional<byte[]> key, int lines) throws IOException {
        try (AuditTrail trail = open(key, Long.MAX_VALUE, Optional.empty())) {
            return add(trail, 0, lines);
        }
    }

    private void change(long offset, String bytes) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            channel.write(ByteBuffer.wrap(bytes.getBytes(StandardCharsets.US_ASCII)), offset);
        }
    }

    private void assertRefused(Optional<byte[]> key, Optional<TrailPlace> known, String why) {
        assertThatThrownBy(() -> open(key, Long.MAX_VALUE, known).close())
                .isInstanceOf(TrailException.class)
                .hasMessageContaining(why)
                .hasMessageContaining("another file in 'audit.file'");
    }

    @Test
    void isGoneOnWithWhereItEnds() throws IOException {
        TrailPlace half = make(Optional.empty(), 3);
        try (AuditTrail trail = open(Optional.empty(), Long.MAX_VALUE, Optional.of(half))) {
            assertThat(seen).isEmpty();
            add(trail, 3, 2);
        }
        try (AuditTrail trail = open(Optional.empty(), Long.MAX_VALUE, Optional.of(half))) {
            assertThat(seen).containsExactly("0000000000000007-1-3", "0000000000000007-1-4");
            assertThat(trail.end().offset()).isEqualTo(Files.size(file));
        }
        assertThat(Files.getPosixFilePermissions(file)).hasSize(2);
    }

    @Test
    void aHalfLineAtTheEndIsCutOff() throws IOException {
        TrailPlace end = make(Optional.empty(), 3);
        Files.writeString(file, "{\"n\":\"00000000000", StandardOpenOption.APPEND);

        try (AuditTrail trail = open(Optional.empty(), Long.MAX_VALUE, Optional.empty())) {
            assertThat(trail.end()).isEqualTo(end);
            assertThat(file).hasSize(end.offset());
        }
    }

    @Test
    void whatIsNoBeginningOfALineIsNeverCutOff() throws IOException {
        for (String other : List.of("{\"config\":1}", "x 1 ERROR", "\0".repeat(4096), "{\"n\":1")) {
            Files.writeString(file, other);
            assertThatThrownBy(() -> open(Optional.empty(), Long.MAX_VALUE, Optional.empty())
                            .close())
                    .isInstanceOf(TrailException.class)
                    .hasMessageContaining("this is no audit trail: what stands at offset 0");
            assertThat(verify().problem()).isPresent();
            assertThat(file).hasContent(other);
        }
        Files.delete(file);
        TrailPlace end = make(Optional.empty(), 3);
        Files.writeString(file, "something else", StandardOpenOption.APPEND);
        assertThatThrownBy(() ->
                        open(Optional.empty(), Long.MAX_VALUE, Optional.of(end)).close())
                .hasMessageContaining("this is no audit trail: what stands at offset " + end.offset());
    }

    @Test
    void aTrailWithoutItsBeginningIsNotWhole() throws IOException {
        make(Optional.empty(), 3);
        assertThat(verify().isWhole()).isTrue();
        Files.write(file, Files.readAllLines(file).subList(1, 3));
        assertThat(verify().isWhole()).isFalse();
        assertThat(verify().problem()).isEmpty();
    }

    private TrailVerifier.Verdict verify() throws IOException {
        return new TrailVerifier(file, Optional.empty()).verify(Optional.empty(), (_, _, _, _, _) -> {});
    }

    @Test
    void whatAPowerFailureHasTornIsCutOffFromTheFirstHoleOn() throws IOException {
        TrailPlace two = make(Optional.empty(), 2);
        try (AuditTrail trail = open(Optional.empty(), Long.MAX_VALUE, Optional.of(two))) {
            add(trail, 2, 10);
        }
        change(two.offset() + 200, "\0".repeat(20));

        try (AuditTrail trail = open(Optional.empty(), Long.MAX_VALUE, Optional.of(two))) {
            assertThat(seen).containsExactly("0000000000000007-1-2");
            assertThat(file).hasSize(trail.end().offset());
        }
        change(two.offset(), "\0".repeat(100));
        try (AuditTrail trail = open(Optional.empty(), Long.MAX_VALUE, Optional.of(two))) {
            assertThat(trail.end()).isEqualTo(two);
        }
    }

    @Test
    void aLineThatWasChangedIsNeverTakenForATornOne() throws IOException {
        TrailPlace two = make(Optional.empty(), 2);
        try (AuditTrail trail = open(Optional.empty(), Long.MAX_VALUE, Optional.of(two))) {
            add(trail, 2, 10);
        }
        change(two.offset() + 10, "9");

        assertRefused(Optional.empty(), Optional.of(two), "does not follow the one before it at offset");
    }

    @Test
    void oneThatWasShortenedReplacedOrMovedAwayIsRefused() throws IOException {
        TrailPlace end = make(Optional.empty(), 5);
        Path kept = Files.copy(file, directory.resolve("kept"));
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            channel.truncate(end.offset() / 5);
        }
        assertRefused(Optional.empty(), Optional.of(end), "was replaced, shortened or changed");
        Files.copy(kept, file, StandardCopyOption.REPLACE_EXISTING);
        change(end.offset() - 5, "x");
        assertRefused(Optional.empty(), Optional.of(end), "was replaced, shortened or changed");
        Files.delete(file);
        assertRefused(Optional.empty(), Optional.of(end), "the audit trail is gone");
        Files.copy(kept, file);
        open(Optional.empty(), Long.MAX_VALUE, Optional.of(end)).close();
    }

    @Test
    void oneWithAKeyIsRefusedWithoutItAndWithAnother() throws IOException {
        TrailPlace end = make(KEY, 3);

        assertRefused(Optional.empty(), Optional.of(end), "has another key");
        assertRefused(Optional.of(new byte[] {1}), Optional.of(end), "has another key");
        assertRefused(Optional.empty(), Optional.empty(), "does not follow the one before it");
        open(KEY, Long.MAX_VALUE, Optional.of(end)).close();
    }

    @Test
    void theChainGoesOnInTheFileAfterARotation() throws IOException {
        TrailPlace first;
        try (AuditTrail trail = open(Optional.empty(), 1, Optional.empty())) {
            first = add(trail, 0, 2);
            add(trail, 2, 2);
            add(trail, 4, 2);
        }
        assertThat(directory.resolve("audit.ndjson.1")).exists();
        assertThat(directory.resolve("audit.ndjson.2")).exists();
        try (AuditTrail trail = open(Optional.empty(), 1, Optional.of(first))) {
            assertThat(seen).hasSize(4);
            add(trail, 6, 1);
        }
        open(Optional.empty(), 1, Optional.empty()).close();
        assertThat(seen).containsExactly("0000000000000007-1-6");
        Files.delete(directory.resolve("audit.ndjson.2"));
        assertRefused(Optional.empty(), Optional.of(first), "does not follow the one before it");
    }

    @Test
    void aCrashWithinARotationLosesNothing() throws IOException {
        TrailPlace end = make(Optional.empty(), 3);
        Files.move(file, directory.resolve("audit.ndjson.1"));

        try (AuditTrail trail = open(Optional.empty(), Long.MAX_VALUE, Optional.of(end))) {
            assertThat(trail.end().offset()).isZero();
            add(trail, 3, 1);
        }
        open(Optional.empty(), Long.MAX_VALUE, Optional.of(end)).close();
        assertThat(seen).containsExactly("0000000000000007-1-3");
    }

    @Test
    void whileItIsWrittenNobodyElseWritesItAndWhatOthersDoToItIsNoticed() throws IOException {
        try (AuditTrail trail = open(Optional.empty(), Long.MAX_VALUE, Optional.empty())) {
            add(trail, 0, 1);
            assertThatThrownBy(() -> open(Optional.empty(), Long.MAX_VALUE, Optional.empty()))
                    .isInstanceOf(TrailException.class)
                    .hasMessageContaining("two would fork its chain");
            Files.writeString(file, "x", StandardOpenOption.APPEND);
            assertThatThrownBy(trail::prepare).hasMessageContaining("another program has changed it");
            Files.move(file, directory.resolve("away"));
            assertThatThrownBy(trail::prepare).hasMessageContaining("was moved away or replaced");
        }
    }

    @Test
    void aVerifierLeavesOutWhatIsAddedWhileItReads() throws IOException {
        make(Optional.empty(), 3);
        List<String> verified = new ArrayList<>();
        try (AuditTrail trail = open(Optional.empty(), Long.MAX_VALUE, Optional.empty())) {
            TrailVerifier verifier = new TrailVerifier(file, Optional.empty());
            TrailVerifier.Verdict verdict = verifier.verify(Optional.empty(), (line, _, _, _, _) -> {
                verified.add(line.number());
                add(trail, 3 + verified.size(), 1);
            });

            assertThat(verdict.problem()).isEmpty();
            assertThat(verdict.notes()).isEmpty();
            assertThat(verified).hasSize(3);
            assertThat(verifier.doneBytes()).isEqualTo(verifier.totalBytes()).isPositive();
        }
    }

    @Test
    void aVerifierGoesOnWithTheFileThatItHasOpenedWhenThatIsRotated() throws IOException {
        make(Optional.empty(), 3);
        try (AuditTrail trail = open(Optional.empty(), 1, Optional.empty())) {
            add(trail, 3, 1);
            List<String> verified = new ArrayList<>();
            TrailVerifier.Verdict verdict = new TrailVerifier(file, Optional.empty())
                    .verify(Optional.empty(), (line, _, _, _, _) -> {
                        verified.add(line.number());
                        add(trail, 3 + verified.size(), 1);
                    });

            assertThat(verdict.problem()).isEmpty();
            assertThat(verified).hasSize(4);
        }
    }
}
