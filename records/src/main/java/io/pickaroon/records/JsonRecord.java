package io.pickaroon.records;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.StreamReadConstraints;
import java.io.IOException;

/** What parsers of JSON share: whether a record is one object, and where its values stand. For one thread. */
final class JsonRecord {
    private static final int LONGEST_KEY_BYTES = 1_000;

    /** So many records are read by one factory. */
    private static final int RECORDS_OF_A_FACTORY = 1_024;

    /**
     * Remembers the keys that it has seen. A record with a new key copies what is remembered, so it is made anew from time to
     * time: keys that never come again would make each record slow, and fill memory.
     */
    private JsonFactory json = newFactory();

    private int records;

    private byte[] record = {};
    private int from;
    private int to;
    private int start;
    private int end;

    /** What was found at a place for a value. */
    enum Found {
        NOTHING,
        /** The key is there and has no value: it hides shorter keys all the same. */
        NO_VALUE,
        PLAIN,
        /** A text with escapes. */
        ESCAPED
    }

    /** Reads the object whose begin is the parser's current token, up to its end. */
    interface Walk {
        void readObject(JsonParser parser) throws IOException;
    }

    /** Names are not interned, and what earlier records were called never makes a later one fail. */
    private static JsonFactory newFactory() {
        return JsonFactory.builder()
                .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
                .disable(JsonFactory.Feature.FAIL_ON_SYMBOL_HASH_OVERFLOW)
                .streamReadConstraints(StreamReadConstraints.builder()
                        .maxNameLength(LONGEST_KEY_BYTES)
                        .build())
                .build();
    }

    /**
     * Reads a record.
     *
     * @param walk what is done with the object
     * @return whether it is an object with blanks around it
     */
    boolean read(byte[] bytes, int first, int last, Walk walk) {
        record = bytes;
        from = first;
        to = last;
        while (from < to && isBlank(bytes[from])) {
            from++;
        }
        // A zero in the second place is how Jackson recognizes UTF-16, which is not read here.
        if (from == to || bytes[from] != '{' || from + 1 < to && bytes[from + 1] == 0 || holdsFf(bytes, from, to)) {
            return false;
        }
        if (++records % RECORDS_OF_A_FACTORY == 0) {
            json = newFactory();
        }
        try (JsonParser parser = json.createParser(bytes, from, to - from)) {
            parser.nextToken();
            walk.readObject(parser);
            return parser.nextToken() == null;
        } catch (IOException notJson) {
            // The parser reads from an array: this is its only complaint.
            return false;
        }
    }

    /** Looks at the value that is the parser's current token; {@link #start} and {@link #end} are where it stands. */
    Found find(JsonParser parser) throws IOException {
        return switch (parser.currentToken()) {
            case VALUE_STRING -> findText(parser);
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT, VALUE_TRUE, VALUE_FALSE -> {
                start = place(parser);
                end = start + parser.getTextLength();
                yield Found.PLAIN;
            }
            default -> Found.NO_VALUE;
        };
    }

    private Found findText(JsonParser parser) {
        start = place(parser) + 1;
        end = start;
        boolean escaped = false;
        while (end < to && record[end] != '"') {
            boolean isEscape = record[end] == '\\';
            escaped |= isEscape;
            end += isEscape ? 2 : 1;
        }
        if (end >= to) {
            // It has no end, as the parser finds out with the next token.
            return Found.NO_VALUE;
        }
        return escaped ? Found.ESCAPED : Found.PLAIN;
    }

    /** Where the value stands in the record's array, without quotes. */
    int start() {
        return start;
    }

    /** Exclusive. */
    int end() {
        return end;
    }

    private int place(JsonParser parser) {
        return from + (int) parser.currentTokenLocation().getByteOffset();
    }

    /**
     * Whether a byte is 0xFF, which UTF-8 never has. Jackson fills up the last four bytes of a key with it, and would take such a
     * key for a shorter one that it has seen.
     */
    private static boolean holdsFf(byte[] bytes, int from, int to) {
        int all = 0;
        for (int i = from; i < to; i++) {
            // Negative for 0xFF alone.
            all |= (bytes[i] + 1 & 0xFF) - 1;
        }
        return all < 0;
    }

    private static boolean isBlank(byte b) {
        return b == ' ' || b == '\t' || b == '\n' || b == '\r';
    }
}
