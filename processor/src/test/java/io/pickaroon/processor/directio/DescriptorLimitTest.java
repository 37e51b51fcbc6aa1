package io.pickaroon.processor.directio;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class DescriptorLimitTest {
    @Test
    void isTheOneThatTheKernelShows() throws IOException {
        DescriptorLimit limit = DescriptorLimit.raised();
        String shown = Files.readString(Path.of("/proc/self/limits"))
                .lines()
                .filter(line -> line.startsWith("Max open files"))
                .findFirst()
                .orElseThrow();
        List<String> words = List.of(shown.split(" +"));
        assertThat(words.get(3)).isEqualTo(Long.toString(limit.soft()));
        assertThat(words.get(4)).isEqualTo(Long.toString(limit.hard()));
        assertThat(limit.soft()).isEqualTo(limit.hard());
    }

    @Test
    void countsWhatIsOpen() throws IOException {
        int before = DescriptorLimit.inUse();
        List<PinnedFile> held = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            held.add(PinnedFile.of(Path.of("/")));
        }
        assertThat(DescriptorLimit.inUse()).isBetween(before + 90, before + 110);
        held.forEach(PinnedFile::close);
    }
}
