package io.pickaroon.app.broker;

import io.pickaroon.config.settings.OutputSettings;
import io.pickaroon.connectors.broker.DevBrokerProcess;
import io.pickaroon.connectors.broker.Topics;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;

/** A dev-broker beside a run, with topics that take every record that the engine emits. Ends with {@link #close}. */
public final class LocalBroker implements AutoCloseable {
    private static final Duration ANSWER_LIMIT = Duration.ofSeconds(30);
    private static final int PARTITIONS = 1;
    private static final long ROOM_FOR_HEADERS_BYTES = 64 * 1024;

    /** Where dead letters go unless the configuration says it. */
    private static final String DEAD_LETTERS = "pickaroon-dead-letters";

    private static final int KILLED = 128 + 9;

    private final DevBrokerProcess broker;

    private LocalBroker(DevBrokerProcess broker) {
        this.broker = broker;
    }

    /** Starts a broker that keeps its topics in a directory. */
    public static LocalBroker start(Installation installation, int port, Path dataDirectory) throws IOException {
        return new LocalBroker(DevBrokerProcess.start(
                installation.javaExecutable(), installation.brokerLibDirectory(), port, dataDirectory));
    }

    /** Starts a broker whose data goes when it stops. */
    public static LocalBroker startTemporary(Installation installation, int port) throws IOException {
        return new LocalBroker(DevBrokerProcess.startTemporary(
                installation.javaExecutable(), installation.brokerLibDirectory(), port));
    }

    public String bootstrapServers() {
        return broker.bootstrapServers();
    }

    public Path dataDirectory() {
        return broker.dataDirectory();
    }

    /**
     * Calls back when the broker has ended. It does not restart: without this call a run would wait for it for ever.
     *
     * @param told called at once if it has ended already; also after {@link #close}
     */
    public void whenGone(Runnable told) {
        broker.onEnd().thenRun(told);
    }

    /**
     * Makes sure that the broker is there.
     *
     * @throws IOException if it has ended; the message holds what it said
     */
    public void requireAlive() throws IOException {
        if (!broker.isAlive()) {
            int exitCode = broker.onEnd().join();
            throw new IOException("the dev-broker at %s ended with exit code %d while it was needed%s: %s"
                    .formatted(
                            bootstrapServers(),
                            exitCode,
                            exitCode == KILLED ? ", because it was killed or memory ran out" : "",
                            broker.lastWords()));
        }
    }

    /**
     * Makes the topics that are not there yet.
     *
     * @param maxRecordBytes longest record that they must take
     */
    public void createTopics(Collection<String> topics, long maxRecordBytes) throws IOException {
        try {
            new Topics(broker.bootstrapServers(), Map.of())
                    .createMissing(
                            topics,
                            PARTITIONS,
                            Map.of("max.message.bytes", Long.toString(maxRecordBytes + ROOM_FOR_HEADERS_BYTES)),
                            ANSWER_LIMIT);
        } catch (IllegalStateException e) {
            throw new IOException(e.getMessage(), e);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while topics were made");
        }
    }

    /**
     * The output that goes to this broker.
     *
     * @param maxRecordBytes longest record that is sent
     * @param replaced the output of the configuration; its delivery guarantee holds here, too
     * @param hasTemplates whether records name topics, keys or headers: what they lack sends them to a topic of dead letters,
     *     and the topics that they name are created
     */
    public OutputSettings.Kafka output(long maxRecordBytes, OutputSettings replaced, boolean hasTemplates) {
        long requestBytes = maxRecordBytes + ROOM_FOR_HEADERS_BYTES;
        OutputSettings.Delivery delivery = replaced instanceof OutputSettings.Kafka kafka
                ? kafka.delivery()
                : OutputSettings.Delivery.EXACTLY_ONCE;
        long bufferBytes = Math.max(32L << 20, requestBytes);
        return new OutputSettings.Kafka(
                bootstrapServers(),
                delivery,
                new OutputSettings.Producer(
                        Map.of(
                                "max.request.size", Long.toString(Math.max(4L << 20, requestBytes)),
                                "buffer.memory", Long.toString(bufferBytes)),
                        Map.of()),
                hasTemplates ? Optional.of(deadLetters(replaced)) : Optional.empty(),
                hasTemplates ? OutputSettings.OnRefusedRecord.DEAD_LETTER : OutputSettings.OnRefusedRecord.STOP,
                hasTemplates ? created(replaced) : OutputSettings.Topics.EXISTING);
    }

    private static OutputSettings.DeadLetter deadLetters(OutputSettings replaced) {
        return replaced instanceof OutputSettings.Kafka kafka
                        && kafka.deadLetter().isPresent()
                ? kafka.deadLetter().get()
                : new OutputSettings.DeadLetter.Topic(DEAD_LETTERS);
    }

    private static OutputSettings.Topics created(OutputSettings replaced) {
        int most = replaced instanceof OutputSettings.Kafka kafka ? kafka.maxTopics() : OutputSettings.Topics.MAX;
        return new OutputSettings.Topics(Optional.of(new OutputSettings.CreateTopics(PARTITIONS, 1)), most);
    }

    @Override
    public void close() {
        broker.close();
    }
}
