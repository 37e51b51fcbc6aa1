package io.pickaroon.connectors.kafka.claim;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.pickaroon.connectors.kafka.claim.Claim.Start;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.Optional;
import java.util.Set;

/**
 * The form of a claim in the positions topic.
 *
 * <pre>
 *   key    claim:NAME             no name has a colon, so versions without claims skip the record
 *   value  {"version":1,"checkpoint":"0f3c5a7e9b1d2468","host":"shop-3","path":"/var/lib/pickaroon/checkpoint",
 *           "starts":7,"startToken":"5a7e9b1d24680f3c","renewals":2,"rules":["0f3c5a7e9b1d2468"],"passing":true,
 *           "topics":["logs-shop"],"claimedAt":"2026-11-20T12:00:00.123Z"}
 * </pre>
 *
 * <p>Unknown fields are skipped; renewals are left out if they are 0, passing if it is false, and topics if there are
 * none.
 */
public final class ClaimCodec {
    private static final int VERSION = 1;
    private static final String PREFIX = "claim:";
    private static final JsonFactory JSON = new JsonFactory();

    private ClaimCodec() {}

    public static byte[] key(String name) {
        return (PREFIX + name).getBytes(StandardCharsets.UTF_8);
    }

    /** The name in a claim's key; empty if the key is no claim's. */
    public static Optional<String> name(byte[] key) {
        String text = new String(key, StandardCharsets.UTF_8);
        return text.startsWith(PREFIX) ? Optional.of(text.substring(PREFIX.length())) : Optional.empty();
    }

    public static byte[] value(Claim claim) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (JsonGenerator json = JSON.createGenerator(bytes)) {
            json.writeStartObject();
            json.writeNumberField("version", VERSION);
            json.writeStringField("checkpoint", HexFormat.of().toHexDigits(claim.checkpointId()));
            json.writeStringField("host", claim.host());
            json.writeStringField("path", claim.path());
            json.writeNumberField("starts", claim.starts());
            json.writeStringField(
                    "startToken", HexFormat.of().toHexDigits(claim.start().token()));
            if (claim.start().renewals() > 0) {
                json.writeNumberField("renewals", claim.start().renewals());
            }
            TextList.write(json, "rules", claim.rules());
            if (claim.passing()) {
                json.writeBooleanField("passing", true);
            }
            if (!claim.topics().isEmpty()) {
                TextList.write(json, "topics", claim.topics());
            }
            json.writeStringField("claimedAt", claim.claimedAt().toString());
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException("writing to memory", e);
        }
        return bytes.toByteArray();
    }

    /**
     * Reads a value.
     *
     * @throws IOException if it is malformed, or of a later version
     */
    public static Claim claim(byte[] value) throws IOException {
        int version = 0;
        long checkpointId = 0;
        String host = "";
        String path = "";
        long starts = -1;
        long startToken = 0;
        long renewals = 0;
        Set<String> rules = new HashSet<>();
        boolean passing = false;
        Set<String> topics = new HashSet<>();
        Instant claimedAt = Instant.EPOCH;
        try (JsonParser json = JSON.createParser(value)) {
            if (json.nextToken() != JsonToken.START_OBJECT) {
                throw new IOException("the claim is not a JSON object");
            }
            while (json.nextToken() == JsonToken.FIELD_NAME) {
                String field = json.currentName();
                json.nextToken();
                switch (field) {
                    case "version" -> version = json.getIntValue();
                    case "checkpoint" -> checkpointId = hexadecimal(json);
                    case "host" -> host = json.getText();
                    case "path" -> path = json.getText();
                    case "starts" -> starts = json.getLongValue();
                    case "startToken" -> startToken = hexadecimal(json);
                    case "renewals" -> renewals = json.getLongValue();
                    case "rules" -> rules.addAll(TextList.read(json));
                    case "passing" -> passing = json.getBooleanValue();
                    case "topics" -> topics.addAll(TextList.read(json));
                    case "claimedAt" -> claimedAt = instant(json);
                    default -> json.skipChildren();
                }
            }
        }
        if (version > VERSION) {
            throw new IOException("the claim has version " + version + ", and this program knows up to " + VERSION);
        }
        if (version < 1 || checkpointId == 0 || starts < 0 || renewals < 0) {
            throw new IOException("the claim lacks a version, a checkpoint or starts");
        }
        Start start = new Start(starts, startToken, renewals, claimedAt);
        return new Claim(checkpointId, new Claim.Place(host, path), start, rules, passing, topics);
    }

    private static long hexadecimal(JsonParser json) throws IOException {
        try {
            return HexFormat.fromHexDigitsToLong(json.getText());
        } catch (IllegalArgumentException e) {
            throw new IOException("'" + json.getText() + "' is no hexadecimal number", e);
        }
    }

    private static Instant instant(JsonParser json) throws IOException {
        try {
            return Instant.parse(json.getText());
        } catch (DateTimeException e) {
            throw new IOException("'" + json.getText() + "' is no time", e);
        }
    }
}
