package io.pickaroon.processor.search;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** The truth is a search for one needle after the other, byte by byte. */
class NeedleSearchTest {
    /** Bytes with the same low bits as others, so that a sieve confuses them. */
    private static final byte[] ALPHABET = {'a', 'A', '!', 'b', 'q', (byte) 0xe1, 0, '\n', (byte) 0xff};

    @Test
    void findsWhatANaiveSearchFindsAtEveryLengthAndAlignment() {
        Random random = new Random(42);
        for (int length = 0; length <= 260; length++) {
            for (int round = 0; round < 12; round++) {
                List<Needle> needles = randomNeedles(random, 1 + random.nextInt(random.nextInt(4) == 0 ? 150 : 6));
                byte[] bytes = new byte[length + random.nextInt(80)];
                for (int i = 0; i < bytes.length; i++) {
                    bytes[i] = ALPHABET[random.nextInt(3) == 0 ? random.nextInt(ALPHABET.length) : 3];
                }
                int stride = random.nextBoolean() ? 1 : 1 + random.nextInt(20);
                int lowest = random.nextInt(Math.min(length, 70) + 1);
                for (ByteSearch search : new ByteSearch[] {new ScalarByteSearch(), new VectorByteSearch()}) {
                    assertThat(found(new NeedleSearch(needles, stride, search), bytes, lowest, length))
                            .as("%s, [%d, %d) of %d", search.getClass().getSimpleName(), lowest, length, bytes.length)
                            .isEqualTo(naive(needles, stride, bytes, lowest, length));
                }
            }
        }
    }

    /** As long as it takes to skip up to seven places of eight. */
    @Test
    void findsLongNeedlesAtEveryAlignmentWithoutVectors() {
        Random random = new Random(17);
        for (int shortest = 3; shortest <= 12; shortest++) {
            for (int length = 0; length <= 90; length++) {
                List<Needle> needles = new ArrayList<>();
                for (int count = 1 + random.nextInt(12); count > 0; count--) {
                    needles.add(longNeedle(random, shortest + random.nextInt(4)));
                }
                byte[] bytes = new byte[length + random.nextInt(9)];
                for (int i = 0; i < bytes.length; i++) {
                    bytes[i] = ALPHABET[random.nextInt(ALPHABET.length)];
                }
                for (int planted = random.nextInt(4); planted > 0; planted--) {
                    plant(random, needles.get(random.nextInt(needles.size())), bytes);
                }
                int lowest = random.nextInt(length + 1);
                assertThat(found(new NeedleSearch(needles, 1, new ScalarByteSearch()), bytes, lowest, length))
                        .as("%s, [%d, %d) of %d", needles, lowest, length, bytes.length)
                        .isEqualTo(naive(needles, 1, bytes, lowest, length));
            }
            assertThat(NeedleSearch.skipsMostWithoutVectors(List.of(longNeedle(random, shortest))))
                    .isEqualTo(shortest > 4);
        }
    }

    private static Needle longNeedle(Random random, int length) {
        List<ByteSet> sets = new ArrayList<>();
        for (int i = 0; i < length; i++) {
            ByteSet set = ByteSet.of(ALPHABET[random.nextInt(ALPHABET.length)] & 0xff);
            sets.add(random.nextInt(3) == 0 ? set.inBothCases() : set);
        }
        return new Needle(sets);
    }

    /** Puts it there whole or, near to the end, its beginning. */
    private static void plant(Random random, Needle needle, byte[] bytes) {
        int at = random.nextInt(bytes.length + 1);
        for (int i = 0; i < needle.lengthBytes() && at + i < bytes.length; i++) {
            bytes[at + i] = (byte) needle.sets().get(i).next(random.nextBoolean() ? 0 : 'Z');
            if (!needle.sets().get(i).contains(bytes[at + i] & 0xff)) {
                bytes[at + i] = (byte) needle.sets().get(i).next(0);
            }
        }
    }

    @Test
    void findsTextInEitherCaseAndNothingThatOnlyLooksAlike() {
        NeedleSearch search = new NeedleSearch(List.of(Needle.of("K{e@é", true)), 1, new VectorByteSearch());
        assertThat(search.next(utf8("..k{E@é"), 0, 0, 8)).isGreaterThanOrEqualTo(2);
        assertThat(search.next(utf8("..k[E@é"), 0, 0, 8)).isEqualTo(-1);
        assertThat(search.next(utf8("..k{E`é"), 0, 0, 8)).isEqualTo(-1);
        assertThat(search.next(utf8("..k{E@É"), 0, 0, 8)).isEqualTo(-1);
    }

    @Test
    void comparesTwoBytesWhereThatTellsTheNeedleApartAndLooksUpFourElsewhere() {
        assertThat(sieve(Needle.of("ERROR", false))).isInstanceOf(VectorPairSieve.class);
        assertThat(sieve(Needle.of("xyz", true))).isInstanceOf(VectorPairSieve.class);
        assertThat(sieve(Needle.of("\u0007", false))).isInstanceOf(VectorPairSieve.class);
        assertThat(sieve(Needle.of("e", false))).isInstanceOf(VectorTableSieve.class);
        assertThat(sieve(new Needle(List.of(ByteSet.of("0123456789"), ByteSet.of("0123456789")))))
                .isInstanceOf(VectorTableSieve.class);
        assertThat(sieve(Needle.of("ERROR", false), Needle.of("FATAL", false))).isInstanceOf(VectorTableSieve.class);
    }

    private static Sieve sieve(Needle... needles) {
        return new VectorByteSearch().sieve(new NeedleWindows(List.of(needles), 1));
    }

    private static byte[] utf8(String text) {
        return text.getBytes(java.nio.charset.StandardCharsets.UTF_8);
    }

    private static List<Needle> randomNeedles(Random random, int count) {
        List<Needle> needles = new ArrayList<>();
        for (int needle = 0; needle < count; needle++) {
            List<ByteSet> sets = new ArrayList<>();
            for (int length = 1 + random.nextInt(random.nextInt(5) == 0 ? 9 : 4); length > 0; length--) {
                ByteSet set = ByteSet.of(ALPHABET[random.nextInt(ALPHABET.length)] & 0xff);
                sets.add(random.nextInt(4) == 0 ? set.or(ByteSet.of('b')) : set);
            }
            needles.add(new Needle(sets));
        }
        return needles;
    }

    /** The places where needles were found, each with its needles: places are counted in each needle from its start. */
    private static List<BitSet> found(NeedleSearch search, byte[] bytes, int lowest, int to) {
        TreeMap<Integer, BitSet> places = new TreeMap<>();
        for (int place = search.next(bytes, lowest, lowest, to);
                place >= 0;
                place = search.next(bytes, place + 1, lowest, to)) {
            BitSet needles = new BitSet();
            for (int needle = search.found(0); needle >= 0; needle = search.found(needle + 1)) {
                needles.set(needle);
            }
            places.put(place, needles);
        }
        return List.copyOf(places.values());
    }

    private static List<BitSet> naive(List<Needle> needles, int stride, byte[] bytes, int lowest, int to) {
        TreeMap<Integer, BitSet> places = new TreeMap<>();
        for (int needle = 0; needle < needles.size(); needle++) {
            List<ByteSet> sets = needles.get(needle).sets();
            for (int start = lowest; start + sets.size() <= to; start++) {
                boolean stands = true;
                for (int i = 0; i < sets.size(); i++) {
                    stands &= sets.get(i).contains(bytes[start + i] & 0xff);
                }
                if (stands) {
                    int place = start + needles.get(needle).rarestWindow(stride);
                    places.computeIfAbsent(place, _ -> new BitSet()).set(needle);
                }
            }
        }
        return List.copyOf(places.values());
    }
}
