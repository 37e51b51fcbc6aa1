package io.pickaroon.app.page;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ChangeMapTest {
    @ParameterizedTest
    @ValueSource(longs = {1, 511, 512, 513, 100_000, 1L << 40, Long.MAX_VALUE - 1})
    void eachChangeCountsInTheStretchThatHasIt(long sizeBytes) {
        RandomGenerator random = RandomGenerator.of("L64X128MixRandom");
        List<Long> offsets = LongStream.range(0, 1_000)
                .mapToObj(_ -> random.nextLong(sizeBytes))
                .toList();
        ChangeMap map = new ChangeMap();
        offsets.forEach(map::add);
        map.cover(sizeBytes);

        long[] expected = new long[ChangeMap.MOST_BUCKETS];
        offsets.forEach(offset -> expected[(int) (offset / map.bucketBytes())]++);
        assertThat(IntStream.range(0, ChangeMap.MOST_BUCKETS)
                        .mapToLong(map::count)
                        .toArray())
                .isEqualTo(expected);
    }

    @Test
    void coversAFileWhoseChangesAreAllAtItsBeginning() {
        ChangeMap map = new ChangeMap();
        map.add(0);
        map.add(1);
        map.cover(1 << 20);

        assertThat(map.bucketBytes()).isEqualTo(2048);
        assertThat(map.count(0)).isEqualTo(2);
        assertThat(new MapPicture(map, 1 << 20).html())
                .contains("viewBox=\"0 0 512 32\"", "between offsets 0 and 2,048 of 1,048,576 bytes");
    }

    @Test
    void aFileThatIsNoPowerOfTwoHasAPictureOfItsLength() {
        ChangeMap map = new ChangeMap();
        map.add(1_400_000);
        map.cover(1_400_001);

        assertThat(new MapPicture(map, 1_400_001).html())
                .contains(
                        "viewBox=\"0 0 342 32\"", "<rect x=\"341\" ", "and 1,400,001 of 1,400,001 bytes, in 1 of 342");
    }

    @Test
    void aChangeThatIsTakenBackIsNowhere() {
        ChangeMap map = new ChangeMap();
        map.add(7);
        map.add(1_000_000);
        map.remove(7);
        map.remove(1_000_000);

        assertThat(map.isEmpty()).isTrue();
    }
}
