package io.pickaroon.processor.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SlotsTest {
    private static final Slot UNWRITTEN = new Slot.Unwritten();
    private static final Slot INVALID = new Slot.Invalid("torn");
    private static final Slot NEWER_FORMAT = new Slot.NewerFormat(2);

    @Test
    void ofTwoValidSlotsTheHigherSequenceCounts() {
        assertThat(new Slots(valid(4), valid(3)).newestValid()).contains(valid(4));
        assertThat(new Slots(valid(4), valid(5)).newestValid()).contains(valid(5));
        assertThat(new Slots(valid(0), valid(Long.MAX_VALUE)).newestValid()).contains(valid(Long.MAX_VALUE));
    }

    @Test
    void aValidSlotCountsBesideOneThatIsUnwrittenOrInvalid() {
        for (Slot other : new Slot[] {UNWRITTEN, INVALID}) {
            assertThat(new Slots(valid(4), other).newestValid()).contains(valid(4));
            assertThat(new Slots(other, valid(5)).newestValid()).contains(valid(5));
        }
    }

    @Test
    void withoutAValidSlotNoneCounts() {
        for (Slot a : new Slot[] {UNWRITTEN, INVALID, NEWER_FORMAT}) {
            for (Slot b : new Slot[] {UNWRITTEN, INVALID, NEWER_FORMAT}) {
                assertThat(new Slots(a, b).newestValid()).isEmpty();
            }
        }
    }

    @Test
    void besideASlotOfANewerFormatNoneCounts() {
        assertThat(new Slots(valid(4), NEWER_FORMAT).newestValid()).isEmpty();
        assertThat(new Slots(NEWER_FORMAT, valid(5)).newestValid()).isEmpty();
        assertThat(new Slots(NEWER_FORMAT, valid(5)).newerFormat()).contains(2);
    }

    @Test
    void evenSequencesBelongInSlotA() {
        assertThat(Slots.nameOf(0)).isEqualTo('A');
        assertThat(Slots.nameOf(1)).isEqualTo('B');
        assertThat(Slots.nameOf(Long.MAX_VALUE)).isEqualTo('B');
    }

    private static Slot.Valid valid(long sequence) {
        return new Slot.Valid(new Checkpoint(sequence, Instant.EPOCH, Map.of(), CheckpointSections.NONE), 65536, 4096);
    }
}
