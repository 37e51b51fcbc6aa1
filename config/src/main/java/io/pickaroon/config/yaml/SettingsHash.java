package io.pickaroon.config.yaml;

import io.pickaroon.config.problem.Secrets;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/**
 * Tells whether two settings files say the same: SHA-256 of the keys and values, as 64 hexadecimal digits. Comments, order of keys,
 * quotes and layout do not count. Variables count as they are written, not as what they stand for, and of a property that may be a
 * secret, and of the key of an audit trail, only that it is there: so no secret is in the hash.
 */
public final class SettingsHash {
    /** What stands around a mapping, as far as it tells which of its values are secrets. */
    private enum Mapping {
        ROOT,
        /** Properties that are passed on to Kafka's clients. */
        PROPERTIES,
        AUDIT,
        OTHER;

        Mapping under(String key) {
            return key.equals("properties") ? PROPERTIES : this == ROOT && key.equals("audit") ? AUDIT : OTHER;
        }

        boolean isSecret(String key) {
            return this == PROPERTIES && Secrets.isSecret(key) || this == AUDIT && key.equals("key");
        }
    }

    private static final byte[] SECRET = {'*'};

    private SettingsHash() {}

    /**
     * The hash of a file of settings.
     *
     * @param root of a file that was read without a mistake
     */
    public static String of(Node root) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes(root, Mapping.ROOT)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    /** The same bytes for all nodes that say the same, and for no others. */
    private static byte[] bytes(Node node, Mapping kind) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            if (node instanceof ScalarNode scalar) {
                part(out, 's', scalar.getValue().getBytes(StandardCharsets.UTF_8));
            } else if (node instanceof SequenceNode sequence) {
                for (Node item : sequence.getValue()) {
                    part(out, 'i', bytes(item, Mapping.OTHER));
                }
            } else if (node instanceof MappingNode mapping) {
                for (byte[] entry : entries(mapping, kind)) {
                    part(out, 'e', entry);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException("writing to memory", e);
        }
        return bytes.toByteArray();
    }

    private static List<byte[]> entries(MappingNode mapping, Mapping kind) {
        return mapping.getValue().stream()
                .map(entry -> entry(entry, kind))
                .sorted(Arrays::compare)
                .toList();
    }

    private static byte[] entry(NodeTuple entry, Mapping kind) {
        String key = entry.getKeyNode() instanceof ScalarNode scalar ? scalar.getValue() : "";
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            part(out, 'k', bytes(entry.getKeyNode(), Mapping.OTHER));
            part(out, 'v', kind.isSecret(key) ? SECRET : bytes(entry.getValueNode(), kind.under(key)));
        } catch (IOException e) {
            throw new UncheckedIOException("writing to memory", e);
        }
        return bytes.toByteArray();
    }

    private static void part(DataOutputStream out, char kind, byte[] bytes) throws IOException {
        out.writeByte(kind);
        out.writeInt(bytes.length);
        out.write(bytes);
    }
}
