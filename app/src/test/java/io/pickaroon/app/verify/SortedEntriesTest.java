package io.pickaroon.app.verify;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Entries come back in order, however many fit into memory, and no file stays. */
class SortedEntriesTest {
    @TempDir
    private Path directory;

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 6, 7, 8, 5_000, 100_000})
    void entriesComeInOrder(int count) throws IOException {
        Random random = new Random(count);
        List<long[]> added = new ArrayList<>();
        List<long[]> taken = new ArrayList<>();
        try (SortedEntries entries = new SortedEntries(directory, count > 5_000 ? 1_000 : 7)) {
            for (int i = 0; i < count; i++) {
                long[] entry = {random.nextInt(3), random.nextInt(100), random.nextInt(2), random.nextLong()};
                added.add(entry);
                entries.add(entry[0], entry[1], entry[2], entry[3]);
            }
            entries.forEach((group, offset, kind, place) -> taken.add(new long[] {group, offset, kind, place}));
        }
        added.sort(Arrays::compare);
        assertThat(taken.toArray(long[][]::new)).isDeepEqualTo(added.toArray(long[][]::new));
        assertThat(directory).isEmptyDirectory();
    }
}
