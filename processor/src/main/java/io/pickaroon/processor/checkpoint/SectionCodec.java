package io.pickaroon.processor.checkpoint;

import io.pickaroon.processor.delivery.Instance;
import io.pickaroon.processor.delivery.Instance.Standing;
import io.pickaroon.processor.file.FileIdentity;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.regex.Pattern;

/**
 * The bytes of the sections behind the entries of a checkpoint. Pure functions. Numbers are big endian, texts UTF-8.
 *
 * <pre>{@code
 * sections  +-------+---------~---------~          section  +-----------+------+--------------+---------~
 *           | count | section | section ~                   | nameBytes | name | contentBytes | content ~
 *           | 2     |         |         ~                   | 1         |      | 4            |         ~
 *           +-------+---------~---------~                   +-----------+------+--------------+---------~
 *
 * instance  checkpointId 8 | starts 8 | startToken 8 | resets 4 | standing 1 | name | adopted, empty: none
 * inputs    { id | seconds since 1970 8 | nanos 4 } ..
 * rules     { input id | rule id | fingerprint } ..
 * renewals  renewals of the instance's start 8; missing: 0
 * headers   (empty) a run has used it whose records have the default headers of this version
 * reset-all (empty) all files are to be read again, and no destination has been told
 * streams   see {@link StreamsCodec}; missing: no position says anything of streams
 *
 * a text    bytes 2 | text
 * }</pre>
 *
 * <p>They are in the order of their names. A section that this version does not know is kept byte for byte, so a later
 * version can add one without a new format; it must not change one that there is.
 */
final class SectionCodec {
    private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9-]{0,63}");
    private static final String INSTANCE = "instance";
    private static final String INPUTS = "inputs";
    private static final String RULES = "rules";
    private static final String RENEWALS = "renewals";
    private static final String HEADERS = "headers";
    private static final String RESET_ALL = "reset-all";
    private static final String STREAMS = "streams";

    /** In the order of their codes. */
    private static final List<Standing> KEPT =
            List.of(Standing.NEW, Standing.HELD, Standing.UNNAMED, Standing.INDEPENDENT);

    private SectionCodec() {}

    /**
     * @param entries of which this is everything that {@link EntryCodec} leaves out
     * @throws IllegalArgumentException if a text is longer than 65,535 bytes
     */
    static byte[] encode(CheckpointSections sections, Map<FileIdentity, CheckpointEntry> entries) {
        SortedMap<String, byte[]> contents = new TreeMap<>();
        sections.unknown().forEach((name, content) -> contents.put(name, bytes(content.duplicate())));
        sections.instance().ifPresent(instance -> {
            contents.put(INSTANCE, written(out -> instance(instance, out)));
            if (instance.start().renewals() > 0) {
                contents.put(
                        RENEWALS, written(out -> out.writeLong(instance.start().renewals())));
            }
        });
        if (!sections.inputStarts().isEmpty()) {
            contents.put(INPUTS, written(out -> inputStarts(sections.inputStarts(), out)));
        }
        sections.rules().ifPresent(rules -> contents.put(RULES, written(out -> rules(rules, out))));
        if (sections.hasDefaultHeaders()) {
            contents.put(HEADERS, new byte[0]);
        }
        if (sections.allResetPending()) {
            contents.put(RESET_ALL, new byte[0]);
        }
        byte[] streams = StreamsCodec.encode(entries);
        if (streams.length > 0) {
            contents.put(STREAMS, streams);
        }
        return written(out -> {
            out.writeShort(contents.size());
            for (Map.Entry<String, byte[]> section : contents.entrySet()) {
                byte[] name = section.getKey().getBytes(StandardCharsets.US_ASCII);
                out.writeByte(name.length);
                out.write(name);
                out.writeInt(section.getValue().length);
                out.write(section.getValue());
            }
        });
    }

    private static void instance(Instance instance, DataOutputStream out) throws IOException {
        out.writeLong(instance.checkpointId());
        out.writeLong(instance.starts());
        out.writeLong(instance.start().token());
        out.writeInt(instance.resets());
        out.writeByte(code(instance.standing()));
        text(instance.name(), out);
        text(instance.adopted().orElse(""), out);
    }

    private static void inputStarts(Map<String, Instant> starts, DataOutputStream out) throws IOException {
        for (Map.Entry<String, Instant> start : starts.entrySet()) {
            text(start.getKey(), out);
            out.writeLong(start.getValue().getEpochSecond());
            out.writeInt(start.getValue().getNano());
        }
    }

    private static void rules(Set<KnownRule> rules, DataOutputStream out) throws IOException {
        for (KnownRule rule : rules) {
            text(rule.inputId(), out);
            text(rule.ruleId(), out);
            text(rule.fingerprint(), out);
        }
    }

    /**
     * All sections; nothing may follow them.
     *
     * @param entries those before the sections; what the sections say of them is added
     * @throws IllegalArgumentException or BufferUnderflowException if these are not the bytes of sections
     */
    static CheckpointSections decode(ByteBuffer payload, Map<FileIdentity, CheckpointEntry> entries) {
        int count = Short.toUnsignedInt(payload.getShort());
        SortedMap<String, ByteBuffer> contents = new TreeMap<>();
        for (int i = 0; i < count; i++) {
            byte[] nameBytes = new byte[Byte.toUnsignedInt(payload.get())];
            payload.get(nameBytes);
            String name = new String(nameBytes, StandardCharsets.US_ASCII);
            require(NAME.matcher(name).matches(), "a section without a name");
            require(contents.isEmpty() || contents.lastKey().compareTo(name) < 0, "sections out of order");
            byte[] content = new byte[length(payload)];
            payload.get(content);
            contents.put(name, ByteBuffer.wrap(content).asReadOnlyBuffer());
        }
        require(!payload.hasRemaining(), "bytes behind the last section");
        long renewals = take(RENEWALS, contents, ByteBuffer::getLong).orElse(0L);
        Optional<Instance> instance = take(INSTANCE, contents, content -> instance(content, renewals));
        Map<String, Instant> inputStarts =
                take(INPUTS, contents, SectionCodec::inputStarts).orElse(Map.of());
        Optional<Set<KnownRule>> rules = take(RULES, contents, SectionCodec::rules);
        boolean allResetPending = take(RESET_ALL, contents, _ -> true).orElse(false);
        take(STREAMS, contents, content -> {
            StreamsCodec.decode(content, entries);
            return true;
        });
        boolean hasDefaultHeaders = take(HEADERS, contents, _ -> true).orElse(false);
        return new CheckpointSections(instance, inputStarts, rules, allResetPending, hasDefaultHeaders, contents);
    }

    /** Removes a section and reads all of it. */
    private static <T> Optional<T> take(String name, Map<String, ByteBuffer> contents, Function<ByteBuffer, T> reader) {
        ByteBuffer content = contents.remove(name);
        Optional<T> read = Optional.ofNullable(content).map(reader);
        require(content == null || !content.hasRemaining(), "bytes behind the content of section " + name);
        return read;
    }

    private static int length(ByteBuffer payload) {
        int length = payload.getInt();
        require(length >= 0 && length <= payload.remaining(), "a section cut short");
        return length;
    }

    private static Instance instance(ByteBuffer content, long renewals) {
        long checkpointId = content.getLong();
        long starts = content.getLong();
        long token = content.getLong();
        int resets = content.getInt();
        Standing standing = standing(content.get());
        String name = text(content);
        Optional<String> adopted = Optional.of(text(content)).filter(text -> !text.isEmpty());
        return new Instance(checkpointId, name, standing, new Instance.Start(starts, token, renewals), resets, adopted);
    }

    private static Map<String, Instant> inputStarts(ByteBuffer content) {
        Map<String, Instant> starts = new LinkedHashMap<>();
        while (content.hasRemaining()) {
            String id = text(content);
            Instant at = Instant.ofEpochSecond(content.getLong(), content.getInt());
            require(starts.put(id, at) == null, "an input twice");
        }
        return starts;
    }

    private static Set<KnownRule> rules(ByteBuffer content) {
        Set<KnownRule> rules = new LinkedHashSet<>();
        while (content.hasRemaining()) {
            require(rules.add(new KnownRule(text(content), text(content), text(content))), "a rule twice");
        }
        return rules;
    }

    /** 1 for the first one of those that are kept. */
    private static int code(Standing standing) {
        require(KEPT.contains(standing), "a passing name is not kept");
        return KEPT.indexOf(standing) + 1;
    }

    private static Standing standing(byte code) {
        require(code >= 1 && code <= KEPT.size(), "unknown standing " + code);
        return KEPT.get(code - 1);
    }

    private static void text(String text, DataOutputStream out) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        require(bytes.length <= 0xffff, "a text of " + bytes.length + " bytes");
        out.writeShort(bytes.length);
        out.write(bytes);
    }

    private static String text(ByteBuffer content) {
        byte[] bytes = new byte[Short.toUnsignedInt(content.getShort())];
        content.get(bytes);
        String text = new String(bytes, StandardCharsets.UTF_8);
        require(Arrays.equals(text.getBytes(StandardCharsets.UTF_8), bytes), "a text that is not UTF-8");
        return text;
    }

    private static byte[] bytes(ByteBuffer content) {
        byte[] bytes = new byte[content.remaining()];
        content.get(bytes);
        return bytes;
    }

    private static void require(boolean holds, String otherwise) {
        if (!holds) {
            throw new IllegalArgumentException(otherwise);
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
