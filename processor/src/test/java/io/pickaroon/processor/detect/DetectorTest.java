package io.pickaroon.processor.detect;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;

/**
 * What each detector finds, and what its mask leaves. The tables are in {@code detectors.txt} and {@code near-misses.txt}, with a tab
 * between the columns.
 */
class DetectorTest {
    @ParameterizedTest
    @CsvFileSource(resources = "detectors.txt", delimiter = '\t', quoteCharacter = '\1', maxCharsPerColumn = 10_000)
    void hidesWhatItFinds(String detector, String record, String masked) {
        assertThat(Masked.by(List.of(detector(detector)), record)).isEqualTo(masked);
    }

    @ParameterizedTest
    @CsvFileSource(resources = "near-misses.txt", delimiter = '\t', quoteCharacter = '\1', maxCharsPerColumn = 10_000)
    void leavesAloneWhatOnlyLooksLikeIt(String detector, String record) {
        assertThat(Masked.by(List.of(detector(detector)), record)).isEqualTo(record);
    }

    @Test
    void hidesThePrivateKeyOverSeveralLines() {
        String key = """
            at=1
            -----BEGIN EC PRIVATE KEY-----
            MHcCAQEEIIrYSSNQFaA2Hwf1duRSxKtLYX5CB04fSeQ6tF1aY/PuoAoGCCqGSM49
            -----END EC PRIVATE KEY-----
            end\
            """;

        assertThat(Masked.by(List.of(Detector.PRIVATE_KEY), key))
                .isEqualTo("at=1\n-----BEGIN EC PRIVATE KEY-----\n" + "*".repeat(64)
                        + "\n-----END EC PRIVATE KEY-----\nend");
    }

    @Test
    void hidesAPrivateKeyWithoutAnEnd() {
        String key = "{\"k\":\"-----BEGIN PRIVATE KEY-----\\nMIGHAgEAMBMGByqGSM49AgEGCCqGSM49\\n\",\"n\":1}";

        assertThat(Masked.by(List.of(Detector.PRIVATE_KEY), key))
                .isEqualTo("{\"k\":\"-----BEGIN PRIVATE KEY-----" + "*".repeat(36) + "\",\"n\":1}");
    }

    @Test
    void leavesAloneAPublicKey() {
        String key = "-----BEGIN PUBLIC KEY-----\nMFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAE\n-----END PUBLIC KEY-----";

        assertThat(Masked.by(List.of(Detector.PRIVATE_KEY), key)).isEqualTo(key);
    }

    @Test
    void hasANameForEach() {
        assertThat(Detector.values())
                .extracting(Detector::word)
                .containsExactly(
                        "card",
                        "iban",
                        "email",
                        "ipv4",
                        "ipv6",
                        "phone",
                        "jwt",
                        "aws-key",
                        "github-token",
                        "slack-token",
                        "stripe-key",
                        "private-key",
                        "bearer",
                        "password",
                        "us-ssn",
                        "cvv");
        assertThat(Detector.named("us-ssn")).contains(Detector.US_SSN);
        assertThat(Detector.named("US_SSN")).isEmpty();
    }

    @Test
    void visitsPlacesThatOverlapAsOne() {
        String record = "password=joe@example.com joe@example.com";

        assertThat(Masked.places(List.of(Detector.EMAIL, Detector.PASSWORD), record))
                .containsExactly("joe@example.com", "joe@example.com");
        assertThat(Masked.by(List.of(Detector.EMAIL, Detector.PASSWORD), record))
                .isEqualTo("password=*************** ***@example.com");
    }

    private static Detector detector(String word) {
        return Detector.named(word).orElseThrow();
    }
}
