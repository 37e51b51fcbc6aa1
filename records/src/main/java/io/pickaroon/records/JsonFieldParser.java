package io.pickaroon.records;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;

/**
 * Reads a record that is one JSON object in UTF-8.
 *
 * <ul>
 *   <li>{@code a.b} is the key {@code a.b}, or else {@code b} in the object {@code a}; {@code items.0} is the first element of
 *       an array. Of several ways that the record has, the one with the longest first key counts.
 *   <li>Of two equal keys the last counts, with all that is in it.
 *   <li>{@code null}, objects and arrays have no value. Numbers, {@code true} and {@code false} are taken as they are
 *       spelled, and so are texts without escapes. Other texts are decoded; half of a surrogate pair becomes U+FFFD.
 * </ul>
 *
 * <p>What does not parse: anything but an object with blanks around it, what Jackson's strict parser refuses, objects that are
 * nested more than 1,000 deep, keys of more than 1,000 bytes, and numbers of more than 1,000. The time is linear in the length of the record.
 * Jackson's parser is allocated for each record; one with a key that was not seen before takes ten times as long as others.
 */
public final class JsonFieldParser implements FieldParser {
    private static final int LONGEST_KEY_BYTES = 1_000;

    /** So many records are read by one factory. */
    private static final int RECORDS_OF_A_FACTORY = 1_024;

    private final List<String> names;
    private final WantedKey.Slots slots;

    /**
     * Remembers the keys that it has seen. A record with a new key copies what is remembered, so it is made anew from time to
     * time: keys that never come again would make each record slow, and fill memory.
     */
    private JsonFactory json = newFactory();

    private int records;

    private final Found[] kinds;
    private final int[] starts;
    private final int[] ends;
    private final int[] sourceStarts;
    private final int[] sourceEnds;

    private byte[] record = {};
    private int from;
    private int to;
    private Fields fields;

    /** What a slot holds. */
    private enum Found {
        NOTHING,
        /** The key is there and has no value: it hides shorter keys all the same. */
        NO_VALUE,
        IN_RECORD,
        DECODED
    }

    /** @param names of the fields to keep, each once and of at most 8 parts between dots */
    public JsonFieldParser(List<String> names) {
        this.names = List.copyOf(names);
        this.slots = WantedKey.of(names);
        this.kinds = new Found[slots.count()];
        this.starts = new int[slots.count()];
        this.ends = new int[slots.count()];
        this.sourceStarts = new int[slots.count()];
        this.sourceEnds = new int[slots.count()];
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

    @Override
    public Fields newFields() {
        return new Fields(names);
    }

    @Override
    public boolean parse(Fields into, byte[] bytes, int first, int end) {
        into.begin(bytes);
        fields = into;
        record = bytes;
        from = first;
        to = end;
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
        Arrays.fill(kinds, Found.NOTHING);
        try (JsonParser parser = json.createParser(bytes, from, to - from)) {
            parser.nextToken();
            readObject(parser, slots.root());
            if (parser.nextToken() == null) {
                keep();
                return true;
            }
        } catch (IOException notJson) {
            // The parser reads from an array: this is its only complaint.
        }
        into.clear();
        return false;
    }

    private void readObject(JsonParser parser, WantedKey node) throws IOException {
        for (String key = parser.nextFieldName(); key != null; key = parser.nextFieldName()) {
            parser.nextToken();
            readValue(parser, node.child(key));
        }
    }

    private void readArray(JsonParser parser, WantedKey node) throws IOException {
        int index = 0;
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            readValue(parser, node.element(index++));
        }
    }

    private void readValue(JsonParser parser, WantedKey node) throws IOException {
        if (node == null) {
            parser.skipChildren();
            return;
        }
        Arrays.fill(kinds, node.firstSlot(), node.endSlot(), Found.NOTHING);
        if (node.slot() != WantedKey.NO_SLOT) {
            take(parser, node.slot());
        }
        JsonToken token = parser.currentToken();
        if (token == JsonToken.START_OBJECT && node.hasChildren()) {
            readObject(parser, node);
        } else if (token == JsonToken.START_ARRAY && node.hasElements()) {
            readArray(parser, node);
        } else {
            parser.skipChildren();
        }
    }

    private void take(JsonParser parser, int slot) throws IOException {
        switch (parser.currentToken()) {
            case VALUE_STRING -> takeText(parser, slot);
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT, VALUE_TRUE, VALUE_FALSE -> {
                int start = place(parser);
                takeRaw(slot, start, start + parser.getTextLength());
            }
            default -> kinds[slot] = Found.NO_VALUE;
        }
    }

    private void takeText(JsonParser parser, int slot) {
        int start = place(parser) + 1;
        int end = start;
        boolean escaped = false;
        while (end < to && record[end] != '"') {
            boolean isEscape = record[end] == '\\';
            escaped |= isEscape;
            end += isEscape ? 2 : 1;
        }
        if (end >= to) {
            // It has no end, as the parser finds out with the next token.
            return;
        }
        if (!escaped) {
            takeRaw(slot, start, end);
            return;
        }
        kinds[slot] = Found.DECODED;
        sourceStarts[slot] = start;
        sourceEnds[slot] = end;
        starts[slot] = fields.beside().length();
        Escapes.decode(record, start, end, fields.beside());
        ends[slot] = fields.beside().length();
    }

    private void takeRaw(int slot, int start, int end) {
        kinds[slot] = Found.IN_RECORD;
        starts[slot] = start;
        ends[slot] = end;
    }

    private int place(JsonParser parser) {
        return from + (int) parser.currentTokenLocation().getByteOffset();
    }

    /** Gives each name the value of the first of its slots that the record has. */
    private void keep() {
        int[][] ofName = slots.ofName();
        for (int i = 0; i < ofName.length; i++) {
            for (int slot : ofName[i]) {
                if (kinds[slot] != Found.NOTHING) {
                    keep(i, slot);
                    break;
                }
            }
        }
    }

    private void keep(int index, int slot) {
        if (kinds[slot] == Found.IN_RECORD) {
            fields.put(index, starts[slot], ends[slot]);
        } else if (kinds[slot] == Found.DECODED) {
            fields.putDecoded(index, starts[slot], ends[slot], sourceStarts[slot], sourceEnds[slot]);
        }
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
