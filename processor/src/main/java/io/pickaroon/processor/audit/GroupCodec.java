package io.pickaroon.processor.audit;

import io.pickaroon.processor.audit.AuditedGroup.AuditedWindow;
import io.pickaroon.processor.audit.AuditedGroup.GroupNumber;
import io.pickaroon.processor.audit.AuditedGroup.Origin;
import io.pickaroon.processor.rule.Claims;
import io.pickaroon.processor.rule.Claims.Met;
import io.pickaroon.processor.rule.Claims.Place;
import io.pickaroon.processor.rule.Claims.Reason;
import io.pickaroon.processor.rule.Claims.Skip;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The bytes of a group in sections of a journal. Pure functions. Numbers are big endian, texts UTF-8 with their length in two bytes.
 *
 * <pre>{@code
 * group    checkpointId 8 | counter 8 | keyed 1 | seconds 8 | nanos 4 | instance | version | configuration | place, see TrailPlace
 *
 * claims   metCount 4 { ruleCount 2 { rule } detectorCount 2 { detector } }
 *          changeCount 4 { record 8 | offset 8 | length 4 | kept 4 | met 4 }
 *          skipCount 4 { record 8 | offset 8 | length 4 | kept 4 | met 4 | reason 1 }
 * }</pre>
 */
public final class GroupCodec {
    private GroupCodec() {}

    /** All of a group but its windows. */
    public static byte[] encode(AuditedGroup group) {
        return written(out -> {
            out.writeLong(group.number().checkpointId());
            out.writeLong(group.number().counter());
            out.writeBoolean(group.isKeyed());
            out.writeLong(group.time().getEpochSecond());
            out.writeInt(group.time().getNano());
            text(group.origin().instance(), out);
            text(group.origin().version(), out);
            text(group.origin().configuration(), out);
            out.write(group.before().encoded());
        });
    }

    /** What is announced of a window, but for its file. */
    public static byte[] encode(AuditedWindow window) {
        Map<Met, Integer> mets = new LinkedHashMap<>();
        window.changes().forEach(change -> mets.putIfAbsent(change.met(), mets.size()));
        window.skips().forEach(skip -> mets.putIfAbsent(skip.place().met(), mets.size()));
        return written(out -> {
            out.writeInt(mets.size());
            for (Met met : mets.keySet()) {
                texts(met.rules(), out);
                texts(met.detectors(), out);
            }
            out.writeInt(window.changes().size());
            for (Place change : window.changes()) {
                place(change, mets, out);
            }
            out.writeInt(window.skips().size());
            for (Skip skip : window.skips()) {
                place(skip.place(), mets, out);
                out.writeByte(skip.reason().ordinal());
            }
        });
    }

    private static void place(Place place, Map<Met, Integer> mets, DataOutputStream out) throws IOException {
        out.writeLong(place.record());
        out.writeLong(place.offset());
        out.writeInt(place.length());
        out.writeInt(place.kept());
        out.writeInt(mets.get(place.met()));
    }

    /**
     * A group of these windows.
     *
     * @throws IllegalArgumentException or {@link BufferUnderflowException} if these are not the bytes of a group
     */
    public static AuditedGroup decodeGroup(ByteBuffer from, List<AuditedWindow> windows) {
        GroupNumber number = new GroupNumber(from.getLong(), from.getLong());
        boolean isKeyed = from.get() != 0;
        long seconds = from.getLong();
        int nanos = from.getInt();
        require(Math.abs(seconds) < 1L << 40 && nanos >= 0 && nanos < 1_000_000_000, "time", seconds);
        Origin origin = new Origin(text(from), text(from), text(from));
        TrailPlace before = TrailPlace.decode(from);
        require(number.counter() > 0, "counter", number.counter());
        require(!from.hasRemaining(), "bytes behind the group:", from.remaining());
        return new AuditedGroup(number, before, isKeyed, Instant.ofEpochSecond(seconds, nanos), origin, windows);
    }

    /** Changes and skips of a window. Throws as the other method does. */
    public static WindowClaims decodeClaims(ByteBuffer from) {
        List<Met> mets = new ArrayList<>();
        for (int left = count(from); left > 0; left--) {
            mets.add(new Met(texts(from), texts(from)));
        }
        List<Place> changes = new ArrayList<>();
        for (int left = count(from); left > 0; left--) {
            changes.add(place(from, mets));
        }
        List<Skip> skips = new ArrayList<>();
        for (int left = count(from); left > 0; left--) {
            Place place = place(from, mets);
            int reason = from.get();
            require(reason >= 0 && reason < Reason.values().length, "reason", reason);
            skips.add(new Skip(place, Reason.values()[reason]));
        }
        require(!from.hasRemaining(), "bytes behind the claims:", from.remaining());
        return new WindowClaims(changes, skips);
    }

    /** What a section has of a window. */
    public record WindowClaims(List<Claims.Place> changes, List<Claims.Skip> skips) {}

    private static Place place(ByteBuffer from, List<Met> mets) {
        long record = from.getLong();
        long offset = from.getLong();
        int length = from.getInt();
        int kept = from.getInt();
        int met = from.getInt();
        require(record >= 0 && offset >= 0 && length >= 0 && kept >= 0, "place", offset);
        require(met >= 0 && met < mets.size(), "what met there:", met);
        return new Place(record, offset, length, kept, mets.get(met));
    }

    private static int count(ByteBuffer from) {
        int count = from.getInt();
        require(count >= 0, "count", count);
        return count;
    }

    private static List<String> texts(ByteBuffer from) {
        List<String> texts = new ArrayList<>();
        for (int left = Short.toUnsignedInt(from.getShort()); left > 0; left--) {
            texts.add(text(from));
        }
        return texts;
    }

    private static String text(ByteBuffer from) {
        int length = Short.toUnsignedInt(from.getShort());
        require(length <= from.remaining(), "length", length);
        byte[] bytes = new byte[length];
        from.get(bytes);
        return new String(bytes, StandardCharsets.UTF_8);
    }

    private static void texts(List<String> texts, DataOutputStream out) throws IOException {
        require(texts.size() <= 0xffff, "texts", texts.size());
        out.writeShort(texts.size());
        for (String text : texts) {
            text(text, out);
        }
    }

    private static void text(String text, DataOutputStream out) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        require(bytes.length <= 0xffff, "bytes of a text:", bytes.length);
        out.writeShort(bytes.length);
        out.write(bytes);
    }

    private static void require(boolean sound, String what, long number) {
        if (!sound) {
            throw new IllegalArgumentException(what + " " + number);
        }
    }

    private interface Writing {
        void to(DataOutputStream out) throws IOException;
    }

    private static byte[] written(Writing writing) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try {
            writing.to(new DataOutputStream(bytes));
        } catch (IOException e) {
            throw new UncheckedIOException("writing to memory", e);
        }
        return bytes.toByteArray();
    }
}
