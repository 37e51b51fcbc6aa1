package io.pickaroon.connectors.kafka.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.Properties;
import javax.management.JMException;
import javax.management.MBeanServer;
import javax.management.ObjectName;
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

    @Test
    void clientsOfAProcessThatWasStartedWithJmxAreShown() throws IOException {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Dcom.sun.management.jmxremote",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Shown.class.getName())
                .redirectErrorStream(true)
                .start();

        assertThat(new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
                .contains("kafka.admin.client:type=app-info,id=shown 4.")
                .contains("closed: 0");
    }

    /** A process with one client. */
    static final class Shown {
        private Shown() {}

        public static void main(String[] arguments) throws JMException {
            MBeanServer server = ManagementFactory.getPlatformMBeanServer();
            ObjectName wanted = new ObjectName("kafka.*:type=app-info,*");
            try (Admin _ = Admin.create(Map.of(
                    AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, "127.0.0.1:1",
                    AdminClientConfig.CLIENT_ID_CONFIG, "shown"))) {
                for (ObjectName name : server.queryNames(wanted, null)) {
                    System.out.println(name + " " + server.getAttribute(name, "Version"));
                }
            }
            System.out.println("closed: " + server.queryNames(wanted, null).size());
        }
    }
}
