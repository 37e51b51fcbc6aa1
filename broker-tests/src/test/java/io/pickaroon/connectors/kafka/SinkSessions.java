package io.pickaroon.connectors.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import io.pickaroon.processor.delivery.DeliveryException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Sessions with a real broker, which the tests of a class share; what they make there has their own names. */
@Timeout(120)
abstract class SinkSessions {
    static TestBroker broker;

    @TempDir
    Path directory;

    /** Of the test, and of its topic. */
    String name;

    @BeforeAll
    static void startBroker() throws IOException {
        broker = TestBroker.temporary();
    }

    @AfterAll
    static void stopBroker() {
        broker.close();
    }

    @BeforeEach
    void name(TestInfo test) {
        name = test.getTestMethod().orElseThrow().getName();
    }

    /** Takes an error that is not to be tried again, and whose message has all of these. */
    static Consumer<Throwable> fatal(String... words) {
        return error -> assertThat(error)
                .isInstanceOfSatisfying(
                        DeliveryException.class,
                        e -> assertThat(e.isRetryable()).isFalse())
                .hasMessageContainingAll(words);
    }
}
