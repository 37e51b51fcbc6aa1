import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * Sends every line of a file with Kafka's own producer and nothing else, with Pickaroon's settings: what a Java program can
 * reach at most.
 *
 * <p>usage: java -cp 'LIBRARIES/*' BareProducer.java FILE BOOTSTRAP TOPIC [TRANSACTIONAL_ID]
 */
final class BareProducer {
    private static final int TRANSACTION_BYTES = 16 << 20;
    private static final int BUFFER_BYTES = 1 << 20;

    private final KafkaProducer<byte[], byte[]> producer;
    private final String topic;
    private final boolean transactional;
    private final AtomicReference<Exception> failure = new AtomicReference<>();
    private int inTransaction;

    private BareProducer(KafkaProducer<byte[], byte[]> producer, String topic, boolean transactional) {
        this.producer = producer;
        this.topic = topic;
        this.transactional = transactional;
    }

    public static void main(String[] arguments) throws Exception {
        boolean transactional = arguments.length > 3;
        Map<String, Object> settings = new HashMap<>(Map.of(
                "bootstrap.servers",
                arguments[1],
                "acks",
                "all",
                "enable.idempotence",
                "true",
                "compression.type",
                "lz4",
                "batch.size",
                256 * 1024,
                "linger.ms",
                5,
                "buffer.memory",
                32L << 20,
                "max.request.size",
                4 << 20,
                "enable.metrics.push",
                false));
        if (transactional) {
            settings.put("transactional.id", arguments[3]);
        }
        try (var producer = new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer())) {
            new BareProducer(producer, arguments[2], transactional).sendAll(Path.of(arguments[0]));
        }
    }

    private void sendAll(Path file) throws Exception {
        if (transactional) {
            producer.initTransactions();
            producer.beginTransaction();
        }
        sendLines(file);
        if (transactional) {
            producer.commitTransaction();
        }
        producer.flush();
        if (failure.get() != null) {
            throw failure.get();
        }
    }

    private void sendLines(Path file) throws IOException {
        byte[] bytes = new byte[BUFFER_BYTES];
        ByteBuffer buffer = ByteBuffer.wrap(bytes);
        try (FileChannel channel = FileChannel.open(file)) {
            while (channel.read(buffer) >= 0) {
                int start = 0;
                for (int i = 0; i < buffer.position(); i++) {
                    if (bytes[i] == '\n') {
                        send(Arrays.copyOfRange(bytes, start, i));
                        start = i + 1;
                    }
                }
                buffer.limit(buffer.position()).position(start).compact();
            }
        }
    }

    private void send(byte[] line) {
        producer.send(new ProducerRecord<>(topic, 0, null, null, line, List.of()), (_, error) -> {
            if (error != null) {
                failure.set(error);
            }
        });
        inTransaction += line.length;
        if (transactional && inTransaction >= TRANSACTION_BYTES) {
            inTransaction = 0;
            producer.commitTransaction();
            producer.beginTransaction();
        }
    }
}
