package io.pickaroon.processor.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** The truth is a search for one needle after the other, byte by byte. */
class MemchrSearchTest {
    private static final byte[] ALPHABET = {'b', 'B', 'q', '\n', 0, (byte) 0xff};

    @Test
    void theTestsRunWithMemchr() {
        assertThat(NativeBytes.isAvailable()).isTrue();
    }

    @Test
    void nativeBytesAnswerAsAByteByByteSearchAtEveryLengthAndAlignment() {
        Random random = new Random(42);
        ScalarByteSearch scalar = new ScalarByteSearch();
        for (int length = 0; length <= 300; length++) {
            byte[] bytes = randomBytes(random, length);
            NativeBytes natives = natives(bytes);
            for (int from = 0; from <= Math.min(length, 70); from++) {
                int to = length - random.nextInt(Math.min(length - from, 70) + 1);
                for (byte value : ALPHABET) {
                    assertThat(natives.indexOf(from, to, value)).isEqualTo(scalar.indexOf(bytes, from, to, value));
                    assertThat(natives.lastIndexOf(from, to, value))
                            .isEqualTo(scalar.lastIndexOf(bytes, from, to, value));
                    assertThat(natives.count(from, to, value)).isEqualTo(scalar.count(bytes, from, to, value));
                }
            }
        }
    }

    @Test
    void noRangeReachesOutOfTheMemory() {
        NativeBytes natives = new NativeBytes(100);
        byte value = 'x';
        assertThatThrownBy(() -> natives.indexOf(0, 101, value)).isInstanceOf(IndexOutOfBoundsException.class);
        assertThatThrownBy(() -> natives.indexOf(-1, 5, value)).isInstanceOf(IndexOutOfBoundsException.class);
        assertThatThrownBy(() -> natives.lastIndexOf(50, 49, value)).isInstanceOf(IndexOutOfBoundsException.class);
        assertThatThrownBy(() -> natives.count(101, 101, value)).isInstanceOf(IndexOutOfBoundsException.class);
        assertThatThrownBy(() -> natives.at(-1)).isInstanceOf(IndexOutOfBoundsException.class);
    }

    /** Walks from record to record, as a scan does. */
    @Test
    void findsTheNeedlesOfEachRecordAtEveryNeedleLengthAndAlignment() {
        Random random = new Random(7);
        for (int needleLength = 1; needleLength <= 20; needleLength++) {
            for (int round = 0; round < 300; round++) {
                List<Needle> needles = randomNeedles(random, needleLength);
                byte[] bytes = randomBytes(random, 1 + random.nextInt(200));
                plant(needles.get(random.nextInt(needles.size())), bytes, random);
                bytes[bytes.length - 1] = '\n';
                assertThat(found(new MemchrSearch(needles), bytes))
                        .as("needles of %d bytes, round %d", needleLength, round)
                        .isEqualTo(naive(needles, bytes));
            }
        }
    }

    @Test
    void suitsFewNeedlesThatHaveARareByte() {
        assertThat(suits("ERROR")).isTrue();
        assertThat(suits("took")).isTrue();
        assertThat(suits("timeout")).isTrue();
        assertThat(suits("ERROR", "FATAL", "panic", "refused")).isTrue();
        assertThat(suits("j", "k", "q", "v", "w")).as("five").isFalse();
        assertThat(suits(false, "j", "k", "q", "v", "w")).as("without vectors").isTrue();
        assertThat(suits(false, "abcdefghijklm".split(""))).as("thirteen").isFalse();
        assertThat(suits(" ")).as("blanks are everywhere").isFalse();
        assertThat(MemchrChoice.suits(List.of(Needle.of("error", true)), true)).isTrue();
        assertThat(MemchrChoice.suits(List.of(new Needle(List.of(ByteSet.of("0123456789")))), true))
                .as("no byte to begin with")
                .isFalse();
        assertThat(MemchrChoice.suits(List.of(), true)).isFalse();
    }

    @Test
    void leavesWindowsToFastLoopsWhereTooManyPlacesAreNoneAndTriesAgain() {
        byte[] inVain = "qx".repeat(1_000).getBytes(StandardCharsets.US_ASCII);
        MemchrSearch search = new MemchrSearch(List.of(Needle.of("qq", false)));
        MemchrChoice choice = new MemchrChoice(true);
        assertThat(choice.takesNextWindow()).isTrue();
        search.beginWindow();
        search.begin(natives(inVain), inVain.length);
        assertThat(search.next(0)).isEqualTo(-1);
        assertThat(search.failures()).isEqualTo(1_000);
        choice.went(search);

        int others = 0;
        while (!choice.takesNextWindow()) {
            others++;
        }
        assertThat(others).isEqualTo(16);

        choice.went(search);
        for (int window = 0; window < 32; window++) {
            assertThat(choice.takesNextWindow()).as("twice as many").isFalse();
        }
        assertThat(choice.takesNextWindow()).isTrue();

        search.beginWindow();
        choice.went(search);
        assertThat(choice.takesNextWindow()).isTrue();
        MemchrChoice withoutVectors = new MemchrChoice(false);
        search.begin(natives(inVain), inVain.length);
        search.next(0);
        withoutVectors.went(search);
        assertThat(withoutVectors.takesNextWindow()).isTrue();
    }

    @Test
    void looksForTheByteThatIsRareInTheContent() {
        byte[] manyQ = "qt ".repeat(1_000).concat("qz").getBytes(StandardCharsets.US_ASCII);
        byte[] manyA = "at ".repeat(1_000).concat("az").getBytes(StandardCharsets.US_ASCII);
        MemchrSearch search = new MemchrSearch(List.of(Needle.of("aq", false)));
        search.beginWindow();
        searchInVain(search, manyQ);
        assertThat(search.failures()).isZero();
        searchInVain(search, manyA);
        assertThat(search.failures())
                .as("an a was rare at the beginning, and no q")
                .isEqualTo(1_001);
        searchInVain(search, manyA);
        assertThat(search.failures()).as("chosen anew").isEqualTo(1_001);
    }

    private static void searchInVain(MemchrSearch search, byte[] slice) {
        search.begin(natives(slice), slice.length);
        assertThat(search.next(0)).isEqualTo(-1);
    }

    private static boolean suits(String... texts) {
        return suits(true, texts);
    }

    private static boolean suits(boolean hasVectors, String... texts) {
        return MemchrChoice.suits(
                List.of(texts).stream().map(text -> Needle.of(text, false)).toList(), hasVectors);
    }

    private static NativeBytes natives(byte[] bytes) {
        NativeBytes natives = new NativeBytes(bytes.length);
        MemorySegment.copy(MemorySegment.ofArray(bytes), 0, natives.segment(), 0, bytes.length);
        return natives;
    }

    private static byte[] randomBytes(Random random, int length) {
        byte[] bytes = new byte[length];
        for (int i = 0; i < length; i++) {
            bytes[i] = random.nextInt(3) == 0 ? ALPHABET[random.nextInt(ALPHABET.length)] : ALPHABET[0];
        }
        return bytes;
    }

    private static List<Needle> randomNeedles(Random random, int length) {
        List<Needle> needles = new ArrayList<>();
        for (int count = 1 + random.nextInt(4); count > 0; count--) {
            List<ByteSet> sets = new ArrayList<>();
            for (int i = 0; i < length; i++) {
                ByteSet set = ByteSet.of(ALPHABET[random.nextInt(ALPHABET.length)] & 0xff);
                sets.add(random.nextInt(4) == 0 ? set.or(ByteSet.of("bq")) : set);
            }
            sets.set(random.nextInt(length), random.nextBoolean() ? ByteSet.of('q') : ByteSet.of("bB"));
            needles.add(new Needle(sets));
        }
        return needles;
    }

    private static void plant(Needle needle, byte[] bytes, Random random) {
        if (needle.lengthBytes() < bytes.length) {
            int at = random.nextInt(bytes.length - needle.lengthBytes());
            for (int i = 0; i < needle.lengthBytes(); i++) {
                bytes[at + i] = (byte) needle.sets().get(i).next(0);
            }
        }
    }

    private static List<BitSet> found(MemchrSearch search, byte[] bytes) {
        NativeBytes natives = natives(bytes);
        List<BitSet> records = new ArrayList<>();
        search.beginWindow();
        search.begin(natives, bytes.length);
        int[] ruleOf = {0, 1, 2, 3};
        int from = 0;
        while (from < bytes.length) {
            int at = search.next(from);
            while (from < bytes.length) {
                int end = natives.indexOf(from, bytes.length, (byte) '\n');
                BitSet needles = new BitSet();
                boolean holdsIt = at >= from && at <= end;
                if (holdsIt) {
                    search.addStanding(from, end, ruleOf, needles);
                }
                records.add(needles);
                from = end + 1;
                if (holdsIt) {
                    break;
                }
            }
        }
        return records;
    }

    private static List<BitSet> naive(List<Needle> needles, byte[] bytes) {
        List<BitSet> records = new ArrayList<>();
        int start = 0;
        for (int end = 0; end < bytes.length; end++) {
            if (bytes[end] == '\n') {
                BitSet standing = new BitSet();
                for (int needle = 0; needle < needles.size(); needle++) {
                    standing.set(needle, stands(needles.get(needle), bytes, start, end));
                }
                records.add(standing);
                start = end + 1;
            }
        }
        return records;
    }

    private static boolean stands(Needle needle, byte[] bytes, int from, int to) {
        for (int start = from; start + needle.lengthBytes() <= to; start++) {
            boolean stands = true;
            for (int i = 0; i < needle.lengthBytes(); i++) {
                stands &= needle.sets().get(i).contains(bytes[start + i] & 0xff);
            }
            if (stands) {
                return true;
            }
        }
        return false;
    }
}
