package io.pickaroon.connect.worker;

import io.pickaroon.connect.split.FileKey;
import io.pickaroon.connect.split.Split;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.kafka.connect.json.JsonConverter;

/** Writes the keys under which Connect keeps the offsets of splits, in this JVM: to standard output, a line each. */
final class SplitKeys {
    static final String CONNECTOR = "shop";
    private static final int COUNT = 1_000;

    private SplitKeys() {}

    static Stream<Split> splits() {
        Random random = new Random(19);
        return IntStream.range(0, COUNT)
                .mapToObj(index -> new Split(
                        new FileKey("nfs-" + index % 7, random.nextLong(), random.nextInt(1_000)),
                        random.nextLong(1L << 40)));
    }

    /** As the worker makes them. */
    static byte[] bytes(List<Split> splits) throws IOException {
        ByteArrayOutputStream lines = new ByteArrayOutputStream();
        try (JsonConverter converter = new JsonConverter()) {
            converter.configure(Map.of("schemas.enable", "false"), true);
            for (Split split : splits) {
                lines.write(converter.fromConnectData(CONNECTOR, null, List.of(CONNECTOR, split.partition())));
                lines.write('\n');
            }
        }
        return lines.toByteArray();
    }

    public static void main(String[] args) throws IOException {
        System.out.write(bytes(splits().toList()));
        System.out.flush();
    }
}
