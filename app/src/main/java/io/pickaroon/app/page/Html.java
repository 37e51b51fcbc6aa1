package io.pickaroon.app.page;

/**
 * Text that a page shows as it is, whatever it is: nothing of it is markup, and nothing commands the browser. Characters that have no
 * shape of their own, among them those that turn the direction of what follows, are shown by their number.
 */
public final class Html {
    private Html() {}

    /** The text as content of an element, or of an attribute in double quotes. Line feeds stay. */
    public static String escaped(String text) {
        StringBuilder html = new StringBuilder(text.length() + 16);
        text.codePoints().forEach(c -> {
            switch (c) {
                case '&' -> html.append("&amp;");
                case '<' -> html.append("&lt;");
                case '>' -> html.append("&gt;");
                case '"' -> html.append("&quot;");
                case '\'' -> html.append("&#39;");
                case '\n' -> html.append('\n');
                default -> {
                    if (hasShape(c)) {
                        html.appendCodePoint(c);
                    } else {
                        html.append("\\u{%x}".formatted(c));
                    }
                }
            }
        });
        return html.toString();
    }

    private static boolean hasShape(int c) {
        return switch (Character.getType(c)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.PRIVATE_USE,
                    Character.UNASSIGNED,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR -> false;
            default -> true;
        };
    }
}
