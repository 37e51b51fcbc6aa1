package io.pickaroon.devbroker;

import java.io.IOException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.random.RandomGenerator;

/**
 * A real single-node Apache Kafka in this process: the main class of {@code pickaroon dev-broker}.
 *
 * <p>Writes {@code READY bootstrap=127.0.0.1:PORT data=DIR} to standard output when clients can use it, and nothing
 * else. Ends on SIGTERM and SIGINT, and with {@code --exit-with-stdin} at the end of its standard input, so that it
 * does not survive a killed parent. Exit code 2 for a mistake of the user, 1 for a failure of Kafka.
 */
public final class DevBroker {
    /** A hanging stop must not block a terminal or a test. Kafka recovers from a kill. */
    private static final long STOP_LIMIT_MILLIS = 10_000;

    private DevBroker() {}

    /** Runs a broker until it is told to stop. */
    public static void main(String[] arguments) {
        int code;
        try {
            BrokerOptions options = BrokerOptions.parse(arguments);
            if (options.help()) {
                System.out.print(BrokerOptions.USAGE);
                return;
            }
            code = run(options);
        } catch (RefusedException e) {
            System.err.println("pickaroon dev-broker: " + e.getMessage());
            code = 2;
        }
        System.exit(code);
    }

    private static int run(BrokerOptions options) throws RefusedException {
        DataDirectory data = DataDirectory.open(options.dataDirectory());
        AtomicReference<KafkaNode> node = new AtomicReference<>();
        Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(node.get(), data), "stop"));
        // Before any class of Kafka is loaded: the first logger opens the log file.
        System.setProperty("pickaroon.broker.log", data.logFile().toString());
        try {
            LoopbackPorts ports = LoopbackPorts.take(options.port(), data.portsFile(), RandomGenerator.getDefault());
            node.set(KafkaNode.prepare(data.kafkaDirectory(), ports));
            node.get().start();
            String bootstrapServers = LoopbackPorts.HOST + ":" + ports.broker();
            KafkaNode.makeTopics(bootstrapServers, options.topics());
            System.out.println("READY bootstrap=" + bootstrapServers + " data=" + data.path());
            if (options.exitWithStdin()) {
                drainStdin();
            } else {
                node.get().awaitStop();
            }
            return 0;
        } catch (RefusedException e) {
            throw e;
        } catch (Exception e) {
            System.err.println("pickaroon dev-broker: Kafka did not start in " + data.path() + ": " + causes(e));
            return 1;
        }
    }

    private static void drainStdin() {
        try {
            while (System.in.read() >= 0) {}
        } catch (IOException _) {
            // a standard input that cannot be read has ended too
        }
    }

    private static void stop(KafkaNode node, DataDirectory data) {
        CountDownLatch stopped = new CountDownLatch(1);
        Thread.ofPlatform().daemon().name("stop-limit").start(() -> haltUnless(stopped));
        if (node != null) {
            node.stop();
        }
        try {
            data.close();
        } catch (IOException e) {
            System.err.println("pickaroon dev-broker: " + data.path() + " was left behind: " + e);
        }
        stopped.countDown();
    }

    private static void haltUnless(CountDownLatch stopped) {
        try {
            if (!stopped.await(STOP_LIMIT_MILLIS, TimeUnit.MILLISECONDS)) {
                System.err.println("pickaroon dev-broker: Kafka did not stop within " + STOP_LIMIT_MILLIS
                        + " ms and was ended; it recovers at the next start");
                Runtime.getRuntime().halt(1);
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    private static String causes(Throwable e) {
        StringBuilder text = new StringBuilder(e.toString());
        for (Throwable cause = e.getCause(); cause != null; cause = cause.getCause()) {
            text.append("; caused by ").append(cause);
        }
        return text.toString();
    }
}
