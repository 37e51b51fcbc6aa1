package io.pickaroon.connectors.kafka.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.lang.management.ManagementFactory;
import java.util.Map;
import java.util.Properties;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.common.utils.AppInfoParser;
import org.junit.jupiter.api.Test;

class JmxTest {
    @Test
    void theVersionThatClientsTellIsThatOfTheirJar() throws IOException {
        Properties ofJar = new Properties();
        try (InputStream file = Admin.class.getResourceAsStream("/kafka/kafka-version.properties")) {
            ofJar.load(file);
        }

        assertThat(AppInfoParser.getVersion()).isEqualTo(ofJar.getProperty("version"));
    }

    @Test
    void clientsOfAProcessWithoutJmxRegisterNothing() {
        assertThat(Jmx.isAskedFor()).isFalse();
        try (Admin _ = Admin.create(Map.of(
                AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG,
                "127.0.0.1:1",
                AdminClientConfig.METRIC_REPORTER_CLASSES_CONFIG,
                ""))) {
            assertThat(ManagementFactory.getPlatformMBeanServer().queryNames(null, null))
                    .noneMatch(name -> name.getDomain().startsWith("kafka"));
        }
    }
}
