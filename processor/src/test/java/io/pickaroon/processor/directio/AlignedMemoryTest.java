package io.pickaroon.processor.directio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class AlignedMemoryTest {
    private static final Path FILE = Path.of("checkpoint");

    @Test
    void startsAtAMultipleOfTheAlignmentAndIsZero() throws IOException {
        for (int align = 512; align <= 1 << 20; align *= 2) {
            try (AlignedMemory memory = AlignedMemory.allocate(new Libc(), 10_000, align, FILE)) {
                MemorySegment segment = memory.segment();
                assertThat(segment.address() % align).as("alignment %d", align).isZero();
                assertThat(segment.toArray(ValueLayout.JAVA_BYTE)).isEqualTo(new byte[10_000]);
                segment.fill((byte) 1);
            }
        }
    }

    @Test
    void cannotBeTouchedOnceClosed() throws IOException {
        AlignedMemory memory = AlignedMemory.allocate(new Libc(), 4096, 4096, FILE);
        memory.close();
        assertThatThrownBy(() -> memory.segment().fill((byte) 1)).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void saysForWhichFileThereWasNoMemory() {
        assertThatThrownBy(() -> AlignedMemory.allocate(new Libc(), Long.MAX_VALUE / 2, 4096, FILE))
                .isInstanceOf(SystemCallException.class)
                .hasMessageContainingAll("checkpoint", "mmap", "ENOMEM");
    }
}
