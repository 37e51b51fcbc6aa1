package io.pickaroon.processor.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import io.pickaroon.processor.file.FileIdentity;
import org.junit.jupiter.api.Test;

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

    @Test
    void differByFileOffsetAndRule() {
        MatchIds later = new MatchIds(new FileIdentity(0x800000001L, 42, 1_700_000_000_000_000_001L));
        byte[] errors = MatchIds.rulePart("errors");
        assertThat(later.idText(1, errors)).isNotEqualTo(ids.idText(1, errors));
        assertThat(ids.idText(2, errors)).isNotEqualTo(ids.idText(1, errors));
        assertThat(ids.idText(1, MatchIds.rulePart("warnings"))).isNotEqualTo(ids.idText(1, errors));
    }
}
