package io.pickaroon.records;

import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Reads logfmt: {@code level=info msg="said \"hello\"" retried}.
 *
 * <ul>
 *   <li>Pairs stand between blanks: any bytes up to 0x20. Outside of quotes a blank ends a key or value.
 *   <li>A key ends at {@code =}, and holds no quote. A key without {@code =} has the value {@code true}.
 *   <li>A value that begins with a quote ends at the next one, which a blank or the end follows. In between, {@code \"}, {@code
 *       \\}, {@code \/}, {@code \b}, {@code \f}, {@code \n}, {@code \r}, {@code \t} and {@code \}{@code uXXXX} are escapes as in
 *       JSON; a backslash before anything else stands for itself.
 *   <li>Any other value is taken as it stands, quotes and equals signs in it included.
 *   <li>Of two equal keys the last counts.
 * </ul>
 *
 * <p>A quote without an end, a quote where a key should be, and {@code =} without a key before it do not parse. The time is
 * linear in the length of the record; allocates only to grow.
 */
public final class LogfmtFieldParser implements FieldParser {
    private static final byte[] TRUE = "true".getBytes(StandardCharsets.US_ASCII);

    private final List<String> names;
    private final byte[][] keys;
    private final boolean all;

    /** A parser of wanted fields alone. */
    public LogfmtFieldParser(List<String> names) {
        this(names, false);
    }

    /**
     * A parser of wanted fields, and of others.
     *
     * @param names of the wanted fields, each once; a dot in a name is an ordinary character
     * @param all whether the others that a record has are kept, too, up to the bounds of {@link Fields}; keys that are not UTF-8
     *     are none
     */
    public LogfmtFieldParser(List<String> names, boolean all) {
        this.names = List.copyOf(names);
        this.all = all;
        this.keys = names.stream()
                .map(name -> name.getBytes(StandardCharsets.UTF_8))
                .toArray(byte[][]::new);
    }

    @Override
    public Fields newFields() {
        return new Fields(names);
    }

    @Override
    public boolean parse(Fields fields, byte[] record, int from, int to) {
        fields.begin(record);
        int at = from;
        while (at >= 0) {
            while (at < to && isBlank(record[at])) {
                at++;
            }
            if (at == to) {
                return true;
            }
            at = pair(fields, record, at, to);
        }
        fields.clear();
        return false;
    }

    /** Reads a pair that begins at an index; returns where it ends, -1 if it does not parse. */
    private int pair(Fields fields, byte[] record, int from, int to) {
        int keyEnd = from;
        while (keyEnd < to && record[keyEnd] != '=' && !isBlank(record[keyEnd])) {
            if (record[keyEnd] == '"') {
                return -1;
            }
            keyEnd++;
        }
        if (keyEnd == from) {
            return -1;
        }
        int index = all
                ? fields.indexOrAdd(record, from, keyEnd, FieldNames.hash(record, from, keyEnd))
                : indexOf(record, from, keyEnd);
        if (keyEnd == to || record[keyEnd] != '=') {
            if (index >= 0) {
                int before = fields.beside().length();
                fields.beside().append(TRUE);
                fields.putDecoded(index, before, fields.beside().length(), keyEnd, keyEnd);
            }
            return keyEnd;
        }
        int start = keyEnd + 1;
        return start < to && record[start] == '"'
                ? quoted(fields, index, start + 1, to, record)
                : plain(fields, index, start, to, record);
    }

    private static int plain(Fields fields, int index, int start, int to, byte[] record) {
        int end = start;
        while (end < to && !isBlank(record[end])) {
            end++;
        }
        if (index >= 0) {
            fields.put(index, start, end);
        }
        return end;
    }

    private static int quoted(Fields fields, int index, int start, int to, byte[] record) {
        boolean escaped = false;
        int end = start;
        while (end < to && record[end] != '"') {
            boolean isEscape = record[end] == '\\';
            escaped |= isEscape;
            end += isEscape ? 2 : 1;
        }
        if (end >= to || end + 1 < to && !isBlank(record[end + 1])) {
            return -1;
        }
        if (index >= 0 && escaped) {
            fields.putEscaped(index, start, end);
        } else if (index >= 0) {
            fields.put(index, start, end);
        }
        return end + 1;
    }

    private int indexOf(byte[] record, int from, int to) {
        for (int i = 0; i < keys.length; i++) {
            byte[] key = keys[i];
            if (key.length == to - from && key[0] == record[from] && rest(key, record, from)) {
                return i;
            }
        }
        return -1;
    }

    private static boolean rest(byte[] key, byte[] record, int from) {
        for (int i = 1; i < key.length; i++) {
            if (key[i] != record[from + i]) {
                return false;
            }
        }
        return true;
    }

    private static boolean isBlank(byte b) {
        return b >= 0 && b <= ' ';
    }
}
