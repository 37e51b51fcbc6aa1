package io.pickaroon.config.properties;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Lists in one text, as Kafka Connect writes them: items separated by commas, blanks around them left out. A backslash before
 * a comma, a blank or a backslash takes that character as a part of the item; before any other it stands for itself.
 */
final class ListText {
    private ListText() {}

    /** The items; none of a text of blanks. */
    static List<String> split(String text) {
        if (text.isBlank()) {
            return List.of();
        }
        List<String> items = new ArrayList<>();
        StringBuilder item = new StringBuilder();
        int kept = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '\\' && i + 1 < text.length() && isEscaped(text.charAt(i + 1))) {
                i++;
                item.append(text.charAt(i));
                kept = item.length();
            } else if (c == ',') {
                items.add(ended(item, kept));
                item.setLength(0);
                kept = 0;
            } else if (!item.isEmpty() || !Character.isWhitespace(c)) {
                item.append(c);
            }
        }
        items.add(ended(item, kept));
        return List.copyOf(items);
    }

    /** The text of which {@link #split} makes these items, none of which is empty. */
    static String join(List<String> items) {
        return items.stream().map(ListText::escaped).collect(Collectors.joining(","));
    }

    /** The item without the blanks behind its last character that is kept. */
    private static String ended(StringBuilder item, int kept) {
        int end = item.length();
        while (end > kept && Character.isWhitespace(item.charAt(end - 1))) {
            end--;
        }
        return item.substring(0, end);
    }

    private static String escaped(String item) {
        StringBuilder text = new StringBuilder();
        int last = item.length() - 1;
        for (int i = 0; i <= last; i++) {
            char c = item.charAt(i);
            boolean isOpenBackslash = c == '\\' && (i == last || isEscaped(item.charAt(i + 1)));
            boolean isOuterBlank = Character.isWhitespace(c) && (i == 0 || i == last);
            if (c == ',' || isOpenBackslash || isOuterBlank) {
                text.append('\\');
            }
            text.append(c);
        }
        return text.toString();
    }

    private static boolean isEscaped(char c) {
        return c == ',' || c == '\\' || Character.isWhitespace(c);
    }
}
