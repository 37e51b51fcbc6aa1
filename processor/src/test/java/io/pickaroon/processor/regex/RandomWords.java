package io.pickaroon.processor.regex;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Words of small letters, each of them other than the rest. */
public final class RandomWords {
    private RandomWords() {}

    public static List<String> list(int count, long seed) {
        Random random = new Random(seed);
        List<String> words = new ArrayList<>();
        for (int word = 0; word < count; word++) {
            StringBuilder text = new StringBuilder();
            for (int length = 4 + random.nextInt(8); length > 0; length--) {
                text.append((char) ('a' + random.nextInt(26)));
            }
            words.add(text.append((char) ('a' + word % 26)).toString());
        }
        return words.stream().distinct().toList();
    }
}
