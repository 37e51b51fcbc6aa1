package io.pickaroon.connect.split;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SplitTest {
    private static final FileKey FILE = new FileKey("nfs-1", 1234, 2);

    @Test
    void aSplitIsOneTextUnderOneKey() {
        assertThat(new Split(FILE, 17).partition()).isEqualTo(Map.of("split", "nfs-1:1234.2/17"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"nfs-1:1234.2/17", "a.b_c-d:18446744073709551615.0/0", "x:0.999999999/1"})
    void aTextIsReadBack(String text) {
        assertThat(Split.parse(text).orElseThrow()).hasToString(text);
        assertThat(Split.ofPartition(Map.of("split", text)))
                .contains(Split.parse(text).orElseThrow());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "x:1.0",
                "x:1/0",
                "x:1.0/",
                "x:01.0/0",
                "x:1.0/00",
                "x:+1.0/0",
                "x:-1.0/0",
                ":1.0/0",
                "a b:1.0/0",
                "x:1.0/0 ",
                "x:18446744073709551616.0/0",
                "x:1.1000000000/0",
                "a/b:1.0/0",
                "x:1.0/9999999999999999999"
            })
    void otherTextsAreNoSplits(String text) {
        assertThat(Split.parse(text)).isEmpty();
    }

    @Test
    void otherPartitionsAreNoSplits() {
        assertThat(Split.ofPartition(Map.of("split", "x:1.0/0", "more", "x"))).isEmpty();
        assertThat(Split.ofPartition(Map.of("split", 1L))).isEmpty();
        assertThat(Split.ofPartition(Map.of("file", "x:1.0/0"))).isEmpty();
    }

    @Test
    void labelsAreShortAndPlain() {
        assertThatThrownBy(() -> new FileKey("a".repeat(65), 1, 0)).hasMessageContaining("1 to 64");
        assertThatThrownBy(() -> new FileKey("a:b", 1, 0)).hasMessageContaining("'a:b'");
        assertThatThrownBy(() -> new FileKey("a", 1, -1)).hasMessageContaining("negative");
    }

    @Test
    void everySplitHasOneOwner() {
        Random random = new Random(1);
        for (int round = 0; round < 500; round++) {
            int tasks = 1 + random.nextInt(9);
            long splitBytes = random.nextInt(50);
            long size = random.nextInt(1000);
            FileKey file = new FileKey("disk", random.nextLong(), 0);
            Set<Split> all = new HashSet<>();
            for (int index = 0; index < tasks; index++) {
                SplitPlan plan = new SplitPlan(splitBytes, tasks, index);
                List<Split> mine = plan.mine(file, size, false);
                assertThat(mine).allMatch(split -> plan.isMine(split) && all.add(split));
            }
            assertThat(all).hasSize((int) new SplitPlan(splitBytes, tasks, 0).count(size, false));
        }
    }

    @Test
    void splitsCoverAFileAndNoMore() {
        SplitPlan plan = new SplitPlan(100, 1, 0);
        assertThat(plan.count(0, false)).isEqualTo(1);
        assertThat(plan.count(100, false)).isEqualTo(1);
        assertThat(plan.count(101, false)).isEqualTo(2);
        assertThat(plan.count(101, true)).isEqualTo(1);
        assertThat(new SplitPlan(0, 1, 0).count(1L << 50, false)).isEqualTo(1);
        assertThat(new Split(FILE, 2).endOffset(100)).isEqualTo(300);
        assertThat(new Split(FILE, 0).endOffset(0)).isEqualTo(Long.MAX_VALUE);
    }

    @Test
    void ownersStayTheSameInAllVersions() {
        SplitPlan plan = new SplitPlan(100, 1000, 0);
        assertThat(plan.owner(new FileKey("nfs-1", 1234, 0))).isEqualTo(OWNER);
        assertThat(plan.owner(new Split(new FileKey("nfs-1", 1234, 7), 3))).isEqualTo((OWNER + 3) % 1000);
    }

    private static final int OWNER = 129;

    @Test
    void filesAreSpreadEvenly() {
        int[] files = new int[4];
        for (int inode = 0; inode < 4000; inode++) {
            files[new SplitPlan(0, 4, 0).owner(new FileKey("disk", 64L * inode, 0))]++;
        }
        for (int count : files) {
            assertThat(count).isBetween(850, 1150);
        }
    }
}
