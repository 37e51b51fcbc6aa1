package io.pickaroon.app;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.pickaroon.app.InstalledProgram.Ended;
import io.pickaroon.connectors.broker.DevBrokerProcess;
import io.pickaroon.connectors.broker.TopicReader;
import io.pickaroon.connectors.broker.Topics;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** Plug-ins for Kafka's clients, in an installation that its launcher starts. */
@Timeout(180)
@Execution(ExecutionMode.CONCURRENT)
class PlugInsTest {
    private static final String LOCALE = "C.UTF-8";
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String MODULE = "org.apache.kafka.common.security.oauthbearer.OAuthBearerLoginModule";
    private static final String HANDLER = """
        package plugin;
        import static java.nio.charset.StandardCharsets.UTF_8;
        import java.util.*;
        import javax.security.auth.callback.Callback;
        import javax.security.auth.login.AppConfigurationEntry;
        import org.apache.kafka.common.security.auth.AuthenticateCallbackHandler;
        import org.apache.kafka.common.security.oauthbearer.*;

        public class TokenOfUser implements AuthenticateCallbackHandler {
            private String user;

            public void configure(Map<String, ?> settings, String mechanism, List<AppConfigurationEntry> login) {
                user = Names.known(login.getFirst().getOptions().get("user"));
            }

            public void handle(Callback[] callbacks) {
                for (Callback callback : callbacks) {
                    if (callback instanceof OAuthBearerTokenCallback wanted) {
                        wanted.token(new Token(user, System.currentTimeMillis()));
                    }
                }
            }

            public void close() {}
        }

        class Names {
            static String known(Object name) {
                return name.toString();
            }
        }

        record Token(String principalName, long now) implements OAuthBearerToken {
            public String value() {
                return part("{'alg':'none'}") + "." + part("{'sub':'" + principalName + "','iat':" + now / 1000
                        + ",'exp':" + lifetimeMs() / 1000 + "}") + ".";
            }

            private static String part(String json) {
                byte[] bytes = json.replace('\\'', '"').getBytes(UTF_8);
                return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
            }

            public Set<String> scope() {
                return Set.of();
            }

            public long lifetimeMs() {
                return now + 3_600_000;
            }

            public Long startTimeMs() {
                return now;
            }
        }
        """;

    @TempDir
    Path directory;

    private InstalledProgram program;

    @BeforeEach
    void install() throws IOException {
        program = InstalledProgram.in(directory);
    }

    @Test
    void aLoginHandlerOfAPlugInLogsInAtABrokerThatWantsIt() throws Exception {
        PlugInJar plugIn = PlugInJar.compiled(directory, "TokenOfUser", HANDLER);
        Files.writeString(directory.resolve("in.log"), "ERROR 1\nINFO\nERROR 2\n");
        try (DevBrokerProcess broker = DevBrokerProcess.start(
                        javaWithLogins(),
                        Path.of(System.getProperty("pickaroon.broker.lib")),
                        0,
                        directory.resolve("data"));
                PlugInJar.Found _ = plugIn.found()) {
            Map<String, String> properties = withHandler(login("user=\"reader\""));
            new Topics(broker.bootstrapServers(), properties).createMissing(List.of("errors"), 1, Map.of(), PATIENCE);
            configure(broker.bootstrapServers(), "plugin.TokenOfUser", login("user=\"shipper\""));
            for (String command : List.of("check", "run --once", "positions list", "status")) {
                Ended without = program.bash(LOCALE, "pickaroon " + command + " -c c.yaml");
                assertThat(without.code()).as(command).isEqualTo(2);
                assertThat(without.err()).startsWith(notThere("plugin.TokenOfUser"));
            }

            Path jar = plugIn.write(plugIns().resolve("token of user.jar"), ".class");

            Ended checked = program.bash(LOCALE, "pickaroon check -c c.yaml");
            assertThat(checked.code()).as(checked.err()).isZero();
            assertThat(checked.out()).contains("plug-in " + jar + "\n");
            Ended ran = program.bash(LOCALE, "pickaroon run -c c.yaml --once && pickaroon positions list -c c.yaml");
            assertThat(ran.code()).as(ran.err()).isZero();
            assertThat(ran.out()).contains("in.log");
            List<String> values = new ArrayList<>();
            new TopicReader(broker.bootstrapServers(), properties)
                    .readAll(List.of("errors"), PATIENCE, record -> values.add(new String(record.value(), UTF_8)));
            assertThat(values).containsExactly("ERROR 1", "ERROR 2");
        }
    }

    @Test
    void aLoginModuleThatIsNotThereIsNamedAtItsPlace() throws Exception {
        configure("127.0.0.1:1", "", Map.of("sasl.jaas.config", "plugin.IAMLoginModule required;"));
        Ended ended = program.bash(LOCALE, "pickaroon check -c c.yaml");
        assertThat(ended.code()).isEqualTo(2);
        assertThat(ended.err())
                .startsWith("c.yaml:10:7: error: the property 'sasl.jaas.config': there is no class"
                        + " plugin.IAMLoginModule on the class path; jars of plug-ins, and of what they need,"
                        + " belong into "
                        + plugIns() + " or /usr/share/pickaroon/plugins\n");
    }

    @Test
    void whatAPlugInLacksIsNamed() throws Exception {
        PlugInJar plugIn = PlugInJar.compiled(directory, "Lacking", """
            package plugin;
            public class Lacking extends Base {}
            class Base {}
            """);
        plugIn.write(plugIns().resolve("lacking.jar"), "Lacking.class");
        configure("127.0.0.1:1", "plugin.Lacking", Map.of());
        Ended ended = program.bash(LOCALE, "pickaroon check -c c.yaml");
        assertThat(ended.code()).isEqualTo(2);
        assertThat(ended.err())
                .contains("the class plugin.Lacking cannot be loaded: NoClassDefFoundError: plugin/Base; jars of");
    }

    /** The error comes when a client is made, after the check of the configuration. */
    @Test
    void whatAPlugInLacksWhenItIsUsedEndsTheRunWithItsName() throws Exception {
        PlugInJar.compiled(directory, "TokenOfUser", HANDLER)
                .write(plugIns().resolve("lacking.jar"), "TokenOfUser.class");
        Files.writeString(directory.resolve("in.log"), "ERROR 1\n");
        configure("127.0.0.1:1", "plugin.TokenOfUser", login("user=\"shipper\""));
        Ended ended = program.bash(LOCALE, "pickaroon run --once -c c.yaml");
        assertThat(ended.code()).isEqualTo(1);
        assertThat(ended.err())
                .contains("no client can be made from these settings: ClassNotFoundException: plugin.Names");
    }

    @Test
    void aJarThatIsNoneIsRefusedByThoseThatUsePlugInsOnly() throws Exception {
        Files.createDirectories(plugIns());
        Path jar = Files.writeString(plugIns().resolve("half.jar"), "PK");
        Files.writeString(directory.resolve("in.log"), "ERROR 1\n");
        configure("127.0.0.1:1", "", Map.of());
        for (String command : List.of("check", "run --once", "positions list", "status")) {
            Ended ended = program.bash(LOCALE, "pickaroon " + command + " -c c.yaml");
            assertThat(ended.code()).as(command).isEqualTo(2);
            assertThat(ended.err()).startsWith("pickaroon: " + jar + ": this plug-in cannot be opened as a jar (");
        }
        assertThat(program.bash(LOCALE, "pickaroon scan in.log -F ERROR")).isEqualTo(new Ended(0, "ERROR 1\n", ""));
    }

    @Test
    void aNameThatJavaCannotReadIsRefusedInOneLine() throws Exception {
        Files.createDirectories(plugIns());
        configure("127.0.0.1:1", "", Map.of());
        Ended ended = program.bash(LOCALE, "touch $'installed/plugins/\\xe4\\n\\e[1m.jar'; pickaroon check -c c.yaml");
        assertThat(ended.code()).isEqualTo(2);
        assertThat(ended.err().lines())
                .singleElement()
                .asString()
                .startsWith("pickaroon: " + plugIns() + "/")
                .endsWith("\\x0a\\x1b[1m.jar: Java cannot open a file of this name; give this plug-in another one");
    }

    @Test
    void aClassThatPickaroonHasIsPickaroons() throws Exception {
        PlugInJar.compiled(directory, "Version", """
            package io.pickaroon.app.command;
            public class Version {
                public static String line() { return "of the plug-in"; }
            }
            """).write(plugIns().resolve("a.jar"), ".class");
        configure("127.0.0.1:1", "io.pickaroon.app.command.Version", Map.of());
        Ended ended = program.bash(
                LOCALE, "PICKAROON_JAVA_OPTS=-Xlog:class+load:file=loaded pickaroon check -c c.yaml", "cat loaded");
        assertThat(ended.out().lines().filter(line -> line.contains(" io.pickaroon.app.command.Version ")))
                .singleElement()
                .asString()
                .doesNotContain("a.jar");
    }

    private Path plugIns() {
        return directory.resolve("installed/plugins");
    }

    private String notThere(String className) {
        return "c.yaml:10:7: error: the property 'sasl.login.callback.handler.class': there is no class " + className
                + " on the class path; jars of plug-ins, and of what they need, belong into " + plugIns()
                + " or /usr/share/pickaroon/plugins\n";
    }

    private static Map<String, String> login(String option) {
        return Map.of(
                "security.protocol",
                "SASL_PLAINTEXT",
                "sasl.mechanism",
                "OAUTHBEARER",
                "sasl.jaas.config",
                MODULE + " required " + option + ";");
    }

    private static Map<String, String> withHandler(Map<String, String> properties) {
        Map<String, String> all = new HashMap<>(properties);
        all.put("sasl.login.callback.handler.class", "plugin.TokenOfUser");
        return all;
    }

    private void configure(String bootstrapServers, String handler, Map<String, String> properties) throws IOException {
        StringBuilder lines = new StringBuilder();
        if (!handler.isEmpty()) {
            lines.append("      sasl.login.callback.handler.class: ")
                    .append(handler)
                    .append('\n');
        }
        properties.forEach((name, value) -> lines.append("      %s: '%s'%n".formatted(name, value)));
        Files.writeString(directory.resolve("c.yaml"), """
            checkpoint: { path: state/cp }
            inputs:
              - { id: app, include: [ in.log ] }
            rules:
              - { id: errors, match: { literal: ERROR }, emit: { topic: errors } }
            output:
              kafka:
                bootstrapServers: "%s"
                properties:
            %s\
            """.formatted(
                        bootstrapServers, lines.isEmpty() ? "      linger.ms: 5\n" : lines));
    }

    /** A {@code java} that has the broker want a token from each client. */
    private Path javaWithLogins() throws IOException {
        Path logins = Files.writeString(
                directory.resolve("logins"),
                "KafkaServer { " + MODULE + " required unsecuredLoginStringClaim_sub=\"broker\"; };\n");
        Path script =
                Files.writeString(directory.resolve("java"), """
                    #!/bin/sh
                    exec '%s/bin/java' '-Djava.security.auth.login.config=%s' \\
                        -Dpickaroon.kafka.listener.security.protocol.map=PLAINTEXT:SASL_PLAINTEXT,CONTROLLER:PLAINTEXT \\
                        -Dpickaroon.kafka.inter.broker.listener.name=PLAINTEXT \\
                        -Dpickaroon.kafka.sasl.enabled.mechanisms=OAUTHBEARER \\
                        -Dpickaroon.kafka.sasl.mechanism.inter.broker.protocol=OAUTHBEARER "$@"
                    """.formatted(System.getProperty("java.home"), logins));
        return Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwx------"));
    }
}
