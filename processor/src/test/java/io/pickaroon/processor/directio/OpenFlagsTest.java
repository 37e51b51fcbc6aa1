package io.pickaroon.processor.directio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class OpenFlagsTest {
    @Test
    void onX86TheFlagsAreTheGenericOnes() {
        assertThat(OpenFlags.of("Linux", "amd64")).isEqualTo(new OpenFlags(0x4000, 0x10000, 0x20000));
        assertThat(OpenFlags.of("Linux", "x86_64")).isEqualTo(OpenFlags.of("Linux", "amd64"));
    }

    @Test
    void onArmDirectAndDirectoryAreTheOtherWayRound() {
        assertThat(OpenFlags.of("Linux", "aarch64")).isEqualTo(new OpenFlags(0x10000, 0x4000, 0x8000));
    }

    @Test
    void refusesToGuess() {
        assertThatThrownBy(() -> OpenFlags.of("Linux", "s390x")).hasMessageContaining("s390x");
        assertThatThrownBy(() -> OpenFlags.of("Mac OS X", "aarch64")).hasMessageContaining("Mac OS X");
    }
}
