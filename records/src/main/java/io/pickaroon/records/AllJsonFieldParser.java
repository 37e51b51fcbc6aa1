package io.pickaroon.records;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.pickaroon.records.JsonRecord.Found;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Reads all fields of a record that is one JSON object in UTF-8: the wanted ones, then the others in the order of the record,
 * each with the value that {@link JsonFieldParser} would find for its name. Others may have any number of parts.
 *
 * <p>Left out are others beyond the bounds of {@link Fields}, and all of a record that has 65,535 keys and elements of arrays
 * or more.
 *
 * <p>The time is linear in the length of the record, as names are bounded. Allocates only to grow, beside what Jackson does.
 */
public final class AllJsonFieldParser implements FieldParser {
    private final List<String> names;
    private final JsonFieldParser wanted;
    private final JsonRecord json = new JsonRecord();
    private final JsonRecord.Walk walk = parser -> readObject(parser, JsonTree.ROOT);
    private final JsonTree tree;
    private final byte[] name;

    /** @param names of the wanted fields, each once and of at most 8 parts between dots */
    public AllJsonFieldParser(List<String> names) {
        this.names = List.copyOf(names);
        this.wanted = new JsonFieldParser(names);
        int mostNameBytes = Math.max(Fields.MOST_NAME_BYTES, longest(names));
        this.tree = new JsonTree(mostNameBytes);
        this.name = new byte[mostNameBytes];
    }

    private static int longest(List<String> names) {
        return names.stream()
                .mapToInt(wanted -> wanted.getBytes(StandardCharsets.UTF_8).length)
                .max()
                .orElse(0);
    }

    @Override
    public Fields newFields() {
        return new Fields(names);
    }

    @Override
    public boolean parse(Fields fields, byte[] record, int from, int to) {
        fields.begin(record);
        tree.begin();
        if (!json.read(record, from, to, walk)) {
            return false;
        }
        if (tree.isFull()) {
            wanted.parse(fields, record, from, to);
            fields.cut();
            return true;
        }
        tree.settle();
        for (int node = 1; node < tree.size(); node++) {
            Found kind = tree.kind(node);
            if (kind == Found.PLAIN || kind == Found.ESCAPED) {
                keep(fields, node);
            }
        }
        return true;
    }

    private void keep(Fields fields, int node) {
        if (!tree.hasName(node)) {
            fields.cut();
            return;
        }
        tree.writeName(node, name);
        int index = fields.indexOrAdd(name, 0, tree.nameLength(node), tree.hash(node));
        if (index >= 0) {
            fields.put(index, tree.kind(node), tree.start(node), tree.end(node));
        }
    }

    private void readObject(JsonParser parser, int node) throws IOException {
        for (String key = parser.nextFieldName(); key != null; key = parser.nextFieldName()) {
            parser.nextToken();
            if (tree.isFull()) {
                parser.skipChildren();
            } else {
                readValue(parser, tree.add(node, key));
            }
        }
    }

    private void readArray(JsonParser parser, int node) throws IOException {
        int index = 0;
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            if (tree.isFull()) {
                parser.skipChildren();
            } else {
                readValue(parser, tree.addElement(node, index++));
            }
        }
    }

    private void readValue(JsonParser parser, int node) throws IOException {
        Found kind = json.find(parser);
        tree.set(node, kind, json.start(), json.end());
        JsonToken token = parser.currentToken();
        if (token == JsonToken.START_OBJECT) {
            readObject(parser, node);
        } else if (token == JsonToken.START_ARRAY) {
            readArray(parser, node);
        }
    }
}
