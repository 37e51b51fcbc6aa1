package io.pickaroon.records.emit;

import io.pickaroon.records.Template;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Makes topics of texts: each character that Kafka does not allow becomes {@code _}. Topics that were made lately are found
 * again without being made. For one thread.
 */
final class TopicText {
    /** A power of two. */
    private static final int KEPT = 256;

    private final boolean literal;
    private final byte[][] texts = new byte[KEPT][];
    private final String[] topics = new String[KEPT];
    private final boolean[] changed = new boolean[KEPT];
    private int place;

    TopicText(Template template) {
        this.literal = template.isLiteral();
    }

    /** The topic that a text becomes; a literal template's is taken as it is. */
    String topic(byte[] text) {
        place = Arrays.hashCode(text) & KEPT - 1;
        if (!Arrays.equals(texts[place], text)) {
            make(text);
        }
        return topics[place];
    }

    /** Whether the last topic is another text than it was made of. */
    boolean isChanged() {
        return changed[place];
    }

    private void make(byte[] text) {
        String name = new String(text, StandardCharsets.UTF_8);
        topics[place] = literal ? name : allowed(name);
        changed[place] = !topics[place].equals(name);
        texts[place] = text;
    }

    private static String allowed(String name) {
        return name.codePoints()
                .map(c -> isAllowed(c) ? c : '_')
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }

    private static boolean isAllowed(int c) {
        return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || c == '.' || c == '_' || c == '-';
    }
}
