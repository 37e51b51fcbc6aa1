package io.pickaroon.processor.search;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;

class ByteSearchTest {
    private final ByteSearch scalar = new ScalarByteSearch();
    private final ByteSearch vector = new VectorByteSearch();

    @Test
    void theTestsRunWithTheVectorApi() {
        assertThat(ByteSearch.fastest()).isInstanceOf(VectorByteSearch.class);
    }

    @Test
    void vectorAndScalarAnswerAlikeAtEveryLengthAndAlignment() {
        Random random = new Random(42);
        for (int length = 0; length <= 300; length++) {
            byte[] bytes = new byte[length];
            for (int i = 0; i < length; i++) {
                bytes[i] = (byte) ("ab\n" + (char) 0xff).charAt(random.nextInt(40) < 37 ? 0 : 1 + random.nextInt(3));
            }
            for (int from = 0; from <= Math.min(length, 70); from++) {
                int to = length - random.nextInt(Math.min(length - from, 70) + 1);
                assertAlike(bytes, from, to);
            }
        }
    }

    private void assertAlike(byte[] bytes, int from, int to) {
        for (byte value : new byte[] {'a', 'b', '\n', (byte) 0xff}) {
            assertThat(vector.indexOf(bytes, from, to, value)).isEqualTo(scalar.indexOf(bytes, from, to, value));
            assertThat(vector.lastIndexOf(bytes, from, to, value))
                    .isEqualTo(scalar.lastIndexOf(bytes, from, to, value));
            assertThat(vector.count(bytes, from, to, value)).isEqualTo(scalar.count(bytes, from, to, value));
        }
        for (int distance : new int[] {0, 1, 2, 5, 63, 64, 65}) {
            if (from + distance <= to) {
                ByteSearch.Pair either =
                        new ByteSearch.Pair((byte) 'b', (byte) 'b', (byte) '\n', (byte) 0xff, distance);
                assertThat(vector.indexOfPair(bytes, from, to, either))
                        .isEqualTo(scalar.indexOfPair(bytes, from, to, either));
                ByteSearch.Pair one = new ByteSearch.Pair((byte) 'b', (byte) 'b', (byte) 'b', (byte) 'b', distance);
                assertThat(vector.indexOfPair(bytes, from, to, one))
                        .isEqualTo(scalar.indexOfPair(bytes, from, to, one));
            }
        }
    }

    @Test
    void scalarSearchAgreesWithStringSearch() {
        Random random = new Random(7);
        for (int round = 0; round < 20_000; round++) {
            String text = randomText(random, random.nextInt(40));
            String needle = randomText(random, 1 + random.nextInt(4));
            byte[] bytes = text.getBytes(java.nio.charset.StandardCharsets.US_ASCII);
            for (ByteSearch search : new ByteSearch[] {scalar, vector}) {
                assertThat(new LiteralSearch(needle, false, search).indexIn(bytes, 0, bytes.length))
                        .as("'%s' in '%s'", needle, text)
                        .isEqualTo(text.indexOf(needle));
                assertThat(new LiteralSearch(needle, true, search).indexIn(bytes, 0, bytes.length))
                        .as("'%s' in '%s', in either case", needle, text)
                        .isEqualTo(text.toLowerCase(java.util.Locale.ROOT)
                                .indexOf(needle.toLowerCase(java.util.Locale.ROOT)));
            }
        }
    }

    private static String randomText(Random random, int length) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < length; i++) {
            text.append("aAbB@`[{".charAt(random.nextInt(8)));
        }
        return text.toString();
    }
}
