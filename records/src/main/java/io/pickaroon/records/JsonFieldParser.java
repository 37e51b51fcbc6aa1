package io.pickaroon.records;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.pickaroon.records.JsonRecord.Found;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;

/**
 * Reads wanted fields of a record that is one JSON object in UTF-8. {@link AllJsonFieldParser} reads the others, too.
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
    private final List<String> names;
    private final WantedKey.Slots slots;
    private final JsonRecord json = new JsonRecord();
    private final JsonRecord.Walk walk;

    private final Found[] kinds;
    private final int[] starts;
    private final int[] ends;

    /** @param names of the fields to keep, each once and of at most 8 parts between dots */
    public JsonFieldParser(List<String> names) {
        this.names = List.copyOf(names);
        this.slots = WantedKey.of(names);
        this.walk = parser -> readObject(parser, slots.root());
        this.kinds = new Found[slots.count()];
        this.starts = new int[slots.count()];
        this.ends = new int[slots.count()];
    }

    @Override
    public Fields newFields() {
        return new Fields(names);
    }

    @Override
    public boolean parse(Fields fields, byte[] record, int from, int to) {
        fields.begin(record);
        Arrays.fill(kinds, Found.NOTHING);
        boolean parses = json.read(record, from, to, walk);
        if (parses) {
            keep(fields);
        }
        return parses;
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
        kinds[slot] = json.find(parser);
        starts[slot] = json.start();
        ends[slot] = json.end();
    }

    /** Gives each name the value of the first of its slots that the record has. */
    private void keep(Fields fields) {
        int[][] ofName = slots.ofName();
        for (int i = 0; i < ofName.length; i++) {
            for (int slot : ofName[i]) {
                if (kinds[slot] != Found.NOTHING) {
                    fields.put(i, kinds[slot], starts[slot], ends[slot]);
                    break;
                }
            }
        }
    }
}
