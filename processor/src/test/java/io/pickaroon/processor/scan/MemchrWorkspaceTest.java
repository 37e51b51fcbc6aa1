package io.pickaroon.processor.scan;

import static org.assertj.core.api.Assertions.assertThat;

import io.pickaroon.processor.search.Needle;
import io.pickaroon.processor.window.Delimiter;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.BitSet;
import org.junit.jupiter.api.Test;

class MemchrWorkspaceTest {
    private static final byte[] MANY_LETTERS = "order of a worker\n".repeat(200).getBytes(StandardCharsets.US_ASCII);

    private static boolean isLeftToOthers(Needle needle, boolean hasVectors) {
        SearchPlan.Needles needles = new SearchPlan.Needles();
        needles.add(needle, 0);
        MemchrWorkspace workspace =
                new MemchrWorkspace(needles, new BitSet(), Delimiter.AUTO, MANY_LETTERS.length, hasVectors);
        assertThat(workspace.beginWindow()).isTrue();
        ByteBuffer slice = workspace.firstBytes(MANY_LETTERS.length);
        slice.put(MANY_LETTERS);
        workspace.search.begin(workspace.slice, MANY_LETTERS.length);
        assertThat(workspace.search.next(0)).isEqualTo(-1);
        return !workspace.beginWindow();
    }

    @Test
    void aWindowWithTooManyPlacesInVainIsFollowedByOnesForFasterLoops() {
        Needle long5 = Needle.of("error", true);
        Needle short2 = Needle.of("ee", true);
        assertThat(isLeftToOthers(long5, true)).isTrue();
        assertThat(isLeftToOthers(long5, false))
                .as("most places can be skipped")
                .isTrue();
        assertThat(isLeftToOthers(short2, true)).isTrue();
        assertThat(isLeftToOthers(short2, false))
                .as("each place has to be looked at")
                .isFalse();
    }
}
