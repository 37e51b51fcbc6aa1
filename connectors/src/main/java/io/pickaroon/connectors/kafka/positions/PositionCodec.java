package io.pickaroon.connectors.kafka.positions;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.pickaroon.connectors.kafka.claim.StoredPosition;
import io.pickaroon.connectors.kafka.claim.TextList;
import io.pickaroon.processor.delivery.DeliveredPosition;
import io.pickaroon.processor.file.FileIdentity;
import io.pickaroon.processor.file.LineEnds;
import io.pickaroon.processor.file.Position;
import io.pickaroon.processor.file.StreamPlaces;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/**
 * The form of a position in the positions topic. Immutable.
 *
 * <pre>
 *   key    INSTANCE/DEVICE-INODE-BIRTHTIME    the last three in hexadecimal, as in the file's identity; behind them
 *                                             -GENERATION if the file was truncated and began again, in hexadecimal too
 *   value  {"version":1,"path":"/var/log/shop.log","offset":4096,"startsRecord":true,
 *           "rules":["0f3c5a7e9b1d2468"],"rulesSince":0,
 *           "lineEnds":{"lengthBytes":4096,"checksum":-1401834527},"resets":1,
 *           "streams":{"stdoutDone":8192,"stderrDone":0,"cut":2},
 *           "deliveredAt":"2026-11-20T12:00:00.123Z"}
 * </pre>
 *
 * <p>A later record with the same key replaces an earlier one; a record without a value removes it. Unknown fields are
 * skipped. lineEnds may be missing, resets if it is 0, and streams where there is nothing to say, as in all files but container
 * logs; of cut, bit 0 is stdout, bit 1 is stderr. Path and time are for people.
 */
public final class PositionCodec {
    private static final int VERSION = 1;
    private static final int IDENTITY_PARTS = 3;
    private static final int LONGEST_GENERATION = 7;
    private static final JsonFactory JSON = new JsonFactory();

    private final String prefix;

    public PositionCodec(String instance) {
        this.prefix = instance + "/";
    }

    /** The instance in a key; empty if the key is no position's. */
    static Optional<String> instance(byte[] key) {
        String text = new String(key, StandardCharsets.UTF_8);
        int end = text.indexOf('/');
        return end < 0 ? Optional.empty() : Optional.of(text.substring(0, end));
    }

    public byte[] key(FileIdentity file) {
        String identity = "%x-%x-%x".formatted(file.device(), file.inode(), file.birthTimeNanos());
        String generation = file.generation() == 0 ? "" : "-%x".formatted(file.generation());
        return (prefix + identity + generation).getBytes(StandardCharsets.UTF_8);
    }

    public byte[] value(String path, DeliveredPosition delivered, Instant deliveredAt) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (JsonGenerator json = JSON.createGenerator(bytes)) {
            json.writeStartObject();
            json.writeNumberField("version", VERSION);
            json.writeStringField("path", path);
            json.writeNumberField("offset", delivered.position().offset());
            json.writeBooleanField("startsRecord", delivered.position().startsRecord());
            TextList.write(json, "rules", delivered.rules());
            json.writeNumberField("rulesSince", delivered.rulesSince());
            if (!delivered.lineEnds().equals(LineEnds.UNKNOWN)) {
                json.writeObjectFieldStart("lineEnds");
                json.writeNumberField("lengthBytes", delivered.lineEnds().lengthBytes());
                json.writeNumberField("checksum", delivered.lineEnds().checksum());
                json.writeEndObject();
            }
            if (delivered.resets() > 0) {
                json.writeNumberField("resets", delivered.resets());
            }
            StreamPlaces streams = delivered.position().streams();
            if (!streams.isNone()) {
                json.writeObjectFieldStart("streams");
                json.writeNumberField("stdoutDone", streams.stdoutDone());
                json.writeNumberField("stderrDone", streams.stderrDone());
                json.writeNumberField("cut", streams.cuts());
                json.writeEndObject();
            }
            json.writeStringField("deliveredAt", deliveredAt.toString());
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException("writing to memory", e);
        }
        return bytes.toByteArray();
    }

    /**
     * The file of a key; empty if it belongs to another instance.
     *
     * @throws IOException if it belongs to this instance and is malformed
     */
    Optional<FileIdentity> file(byte[] key) throws IOException {
        String text = new String(key, StandardCharsets.UTF_8);
        if (!text.startsWith(prefix)) {
            return Optional.empty();
        }
        String[] parts = text.substring(prefix.length()).split("-", -1);
        try {
            if (parts.length == IDENTITY_PARTS) {
                return Optional.of(
                        new FileIdentity(hexadecimal(parts[0]), hexadecimal(parts[1]), hexadecimal(parts[2])));
            }
            if (parts.length == IDENTITY_PARTS + 1 && parts[IDENTITY_PARTS].length() <= LONGEST_GENERATION) {
                return Optional.of(
                        new FileIdentity(hexadecimal(parts[0]), hexadecimal(parts[1]), hexadecimal(parts[2]), (int)
                                hexadecimal(parts[IDENTITY_PARTS])));
            }
        } catch (NumberFormatException e) {
            throw new IOException("the key '" + text + "' is not that of a position", e);
        }
        throw new IOException("the key '" + text + "' is not that of a position");
    }

    private static long hexadecimal(String digits) {
        return Long.parseUnsignedLong(digits, 16);
    }

    /** @throws IOException if the value is malformed, or of a later version */
    DeliveredPosition position(byte[] value) throws IOException {
        return stored(value).position();
    }

    /** Like {@link #position}, with path and time. */
    StoredPosition stored(byte[] value) throws IOException {
        String path = "";
        Instant deliveredAt = Instant.EPOCH;
        int version = 0;
        long offset = -1;
        Optional<Boolean> startsRecord = Optional.empty();
        Set<String> rules = new HashSet<>();
        long rulesSince = 0;
        LineEnds lineEnds = LineEnds.UNKNOWN;
        int resets = 0;
        StreamPlaces streams = StreamPlaces.NONE;
        try (JsonParser json = JSON.createParser(value)) {
            if (json.nextToken() != JsonToken.START_OBJECT) {
                throw new IOException("the value is not a JSON object");
            }
            while (json.nextToken() == JsonToken.FIELD_NAME) {
                String field = json.currentName();
                json.nextToken();
                switch (field) {
                    case "path" -> path = json.getText();
                    case "deliveredAt" -> deliveredAt = instant(json.getText());
                    case "version" -> version = json.getIntValue();
                    case "offset" -> offset = json.getLongValue();
                    case "startsRecord" -> startsRecord = Optional.of(json.getBooleanValue());
                    case "rules" -> rules.addAll(TextList.read(json));
                    case "rulesSince" -> rulesSince = json.getLongValue();
                    case "lineEnds" -> lineEnds = lineEnds(json);
                    case "resets" -> resets = json.getIntValue();
                    case "streams" -> streams = streams(json);
                    default -> json.skipChildren();
                }
            }
        }
        if (version > VERSION) {
            throw new IOException("the value has version " + version + ", and this program knows up to " + VERSION);
        }
        if (version < 1
                || offset < 0
                || startsRecord.isEmpty()
                || rulesSince < 0
                || rulesSince > offset
                || resets < 0) {
            throw new IOException("the value lacks a version, a sound offset or startsRecord");
        }
        DeliveredPosition position = new DeliveredPosition(
                new Position(offset, startsRecord.get(), streams), rules, rulesSince, lineEnds, resets);
        return new StoredPosition(path, position, deliveredAt);
    }

    /** For people only: a malformed one is no error. */
    private static Instant instant(String text) {
        try {
            return Instant.parse(text);
        } catch (DateTimeException _) {
            return Instant.EPOCH;
        }
    }

    private static LineEnds lineEnds(JsonParser json) throws IOException {
        if (json.currentToken() != JsonToken.START_OBJECT) {
            throw new IOException("'lineEnds' is not an object");
        }
        int lengthBytes = 0;
        int checksum = 0;
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            String field = json.currentName();
            json.nextToken();
            switch (field) {
                case "lengthBytes" -> lengthBytes = json.getIntValue();
                case "checksum" -> checksum = json.getIntValue();
                default -> json.skipChildren();
            }
        }
        if (lengthBytes < 0 || lengthBytes > LineEnds.MOST_BYTES) {
            throw new IOException("'lineEnds' has a length of " + lengthBytes);
        }
        return new LineEnds(lengthBytes, checksum);
    }

    private static StreamPlaces streams(JsonParser json) throws IOException {
        if (json.currentToken() != JsonToken.START_OBJECT) {
            throw new IOException("'streams' is not an object");
        }
        long stdoutDone = 0;
        long stderrDone = 0;
        int cut = 0;
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            String field = json.currentName();
            json.nextToken();
            switch (field) {
                case "stdoutDone" -> stdoutDone = json.getLongValue();
                case "stderrDone" -> stderrDone = json.getLongValue();
                case "cut" -> cut = json.getIntValue();
                default -> json.skipChildren();
            }
        }
        try {
            return StreamPlaces.of(stdoutDone, stderrDone, cut);
        } catch (IllegalArgumentException e) {
            throw new IOException("'streams' cannot be: " + e.getMessage(), e);
        }
    }
}
