package io.pickaroon.processor.rule;

import static org.assertj.core.api.Assertions.assertThat;

import io.pickaroon.processor.file.FileIdentity;
import java.util.stream.LongStream;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MatchIdsTest {
    private final MatchIds ids = new MatchIds(new FileIdentity(0x800000001L, 42, 1_700_000_000_000_000_000L));

    /** Computed with sha256sum. Consumers keep ids: they never change. */
    @Test
    void areWhatTheyAlwaysWere() {
        byte[] errors = MatchIds.rulePart("errors");
        assertThat(ids.idText(0, errors)).isEqualTo("f1c5db28b9aac490-0-be4bd567");
        assertThat(ids.idText(0x1a2b3c, errors)).isEqualTo("f1c5db28b9aac490-1a2b3c-be4bd567");
        assertThat(ids.idText(Long.MAX_VALUE, errors)).isEqualTo("f1c5db28b9aac490-7fffffffffffffff-be4bd567");
    }

    /** Computed with sha256sum too. */
    @Test
    void ofALaterGenerationAreOthersAndGoToTheSamePartition() {
        MatchIds later = new MatchIds(new FileIdentity(0x800000001L, 42, 1_700_000_000_000_000_000L, 2));
        assertThat(later.idText(7, MatchIds.rulePart("errors"))).isEqualTo("e7e590b86a4fc7db-7-be4bd567");
        assertThat(later.fileHash()).isEqualTo(ids.fileHash());
    }

    /** Computed with sha256sum too. */
    @Test
    void ofATextAreTheSameOnAllHosts() {
        MatchIds named = MatchIds.of("nfs-1:1234.0");
        assertThat(named.idText(0x1a2b3c, MatchIds.rulePart("errors"))).isEqualTo("49a3d6a09cb50224-1a2b3c-be4bd567");
    }

    /** Computed by a program in Python. Choices are repeated by it: it never changes. */
    @Test
    void haveAHashThatAnotherProgramComputes() {
        byte[] errors = MatchIds.rulePart("errors");
        assertThat(ids.hash(0, errors)).isEqualTo(0x819e363d0aa4a153L);
        assertThat(ids.hash(0x1a2b3c, errors)).isEqualTo(0x98bf66d64da5c344L);
        assertThat(ids.hash(Long.MAX_VALUE, errors)).isEqualTo(0x6630ba3dc42ad350L);
        for (long offset = 1; offset > 0; offset *= 3) {
            assertThat(MatchIds.hash(ids.id(offset, errors))).isEqualTo(ids.hash(offset, errors));
        }
    }

    /** Offsets of a log are multiples of something more often than not. */
    @ParameterizedTest
    @CsvSource({"2, 50000", "3, 33333", "16, 6250", "100, 1000", "1000, 100"})
    void haveAHashThatSpreadsThem(int oneIn, int expected) {
        byte[] errors = MatchIds.rulePart("errors");
        long chosen = LongStream.range(0, 100_000)
                .filter(i -> new Sample(oneIn).chooses(ids.hash(64 * i, errors)))
                .count();
        assertThat(chosen).isCloseTo(expected, Offset.offset((long) (4 * Math.sqrt(expected))));
    }

    @Test
    void differByFileOffsetAndRule() {
        MatchIds later = new MatchIds(new FileIdentity(0x800000001L, 42, 1_700_000_000_000_000_001L));
        byte[] errors = MatchIds.rulePart("errors");
        assertThat(later.idText(1, errors)).isNotEqualTo(ids.idText(1, errors));
        assertThat(ids.idText(2, errors)).isNotEqualTo(ids.idText(1, errors));
        assertThat(ids.idText(1, MatchIds.rulePart("warnings"))).isNotEqualTo(ids.idText(1, errors));
    }
}
