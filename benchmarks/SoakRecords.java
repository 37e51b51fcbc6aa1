import java.nio.charset.StandardCharsets;

/** The records of one writer, made in an array. Each thread has its own. */
final class SoakRecords {
    /** No record is longer, its delimiter included. */
    static final int LONGEST_BYTES = 128 << 10;

    /** How a record looks: in the file at first and in the end, and in the topic. */
    enum Form {
        WRITTEN,
        FIXED,
        EMITTED
    }

    private static final byte[] TIME = ascii("2026-11-20 12:00:00.");
    private static final byte[] ERROR = ascii("ERROR");
    private static final byte[] FIXED = ascii("FIXED");
    private static final byte[] INFO = ascii("INFO");
    private static final byte[] ORDER = ascii("] order n=");
    private static final byte[] TOOK = ascii(" of shop took ");
    private static final byte[] MILLIS = ascii(" ms");
    private static final byte[] CARD = ascii(" card=");
    private static final byte[] MASKED = ascii("************");
    private static final byte[] AT = ascii("\n\tat com.shop.Orders.step");
    private static final byte[] SOURCE = ascii("(Orders.java:");
    private static final byte[] NUMBER = ascii("n=");
    private static final byte[] BODY = ascii(" " + "0123456789abcdef".repeat(6400));

    /** Of so many records of a writer one is an error, and one, unless they are tiny, has a card. */
    private static final int SHARE = 200;

    private static final int SHARE_OF_TINY = 1000;
    private static final int CARD_AT = 77;

    final String name;
    final boolean isTiny;
    final int share;
    private final byte[] bracket;
    final byte[] delimiter;
    final boolean isTrace;
    private final boolean isLong;
    final byte[] bytes;
    int end;

    SoakRecords(String name, int sizeBytes) {
        this.name = name;
        this.isTiny = name.equals("tiny");
        this.share = isTiny ? SHARE_OF_TINY : SHARE;
        this.isTrace = name.equals("traces");
        this.isLong = name.equals("long");
        this.bracket = ascii(" [" + name + "-");
        this.delimiter = ascii(name.equals("crlf") ? "\r\n" : "\n");
        this.bytes = new byte[sizeBytes];
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    boolean isError(long n) {
        return n % share == 0;
    }

    boolean isCard(long n) {
        return !isTiny && n % share == CARD_AT;
    }

    /** Numbers the matches of a writer, or is -1. */
    long match(long n) {
        long matchesOfShare = isTiny ? 1 : 2;
        return isError(n) ? n / share * matchesOfShare : isCard(n) ? n / share * matchesOfShare + 1 : -1;
    }

    /** The matches among the first records. */
    long matches(long written) {
        long errors = (written + share - 1) / share;
        return isTiny ? errors : errors + (written + share - 1 - CARD_AT) / share;
    }

    /** Adds a record without its delimiter. */
    void add(long n, Form form) {
        boolean isError = isError(n);
        if (isTiny) {
            put(NUMBER);
            number(n);
            if (isError) {
                bytes[end++] = ' ';
                put(form == Form.FIXED ? FIXED : ERROR);
            }
            return;
        }
        put(TIME);
        padded(n % 1000, 3);
        bytes[end++] = ' ';
        put(!isError ? INFO : form == Form.FIXED ? FIXED : ERROR);
        put(bracket);
        bytes[end++] = (byte) ('0' + n % 7);
        put(ORDER);
        number(n);
        put(TOOK);
        number(n * 7919 % 5000);
        put(MILLIS);
        if (isCard(n)) {
            put(CARD);
            int pan = end;
            padded(4_000_000_000_000_000L + n, 16);
            if (form != Form.WRITTEN) {
                System.arraycopy(MASKED, 0, bytes, pan, MASKED.length);
            }
        }
        if (isTrace) {
            for (int i = 0; i < n % 8; i++) {
                put(AT);
                number(i);
                put(SOURCE);
                number(n % 900 + i);
                bytes[end++] = ')';
            }
        } else if (isLong) {
            put(BODY);
        }
    }

    void delimit() {
        put(delimiter);
    }

    private void put(byte[] text) {
        System.arraycopy(text, 0, bytes, end, text.length);
        end += text.length;
    }

    private void number(long value) {
        int digits = 1;
        for (long rest = value; rest >= 10; rest /= 10) {
            digits++;
        }
        padded(value, digits);
    }

    private void padded(long value, int digits) {
        long rest = value;
        for (int i = end + digits - 1; i >= end; i--) {
            bytes[i] = (byte) ('0' + rest % 10);
            rest /= 10;
        }
        end += digits;
    }
}
