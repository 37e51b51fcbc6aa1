package io.pickaroon.distribution;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The package for Kafka Connect, as it is installed. */
class ConnectPackageTest {
    private static final String VERSION = System.getProperty("pickaroon.version");
    private static final Path PLUGIN = Path.of(System.getProperty("pickaroon.plugin.lib"));
    private static final String ROOT = "pickaroon-kafka-connect-" + VERSION + "/";

    private ZipFile zip;

    @BeforeEach
    void open() throws IOException {
        zip = new ZipFile(
                Path.of("target", "pickaroon-kafka-connect-" + VERSION + ".zip").toFile());
    }

    @AfterEach
    void close() throws IOException {
        zip.close();
    }

    private static Stream<Path> jars() throws IOException {
        try (Stream<Path> jars = Files.list(PLUGIN)) {
            return jars.toList().stream();
        }
    }

    private byte[] bytes(String name) throws IOException {
        ZipEntry entry = zip.getEntry(ROOT + name);
        assertThat(entry).as(name).isNotNull();
        return zip.getInputStream(entry).readAllBytes();
    }

    private Map<String, String> manifest() throws IOException {
        Map<String, String> values = new LinkedHashMap<>();
        try (JsonParser parser = JsonFactory.builder().build().createParser(bytes("manifest.json"))) {
            for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
                if (token.isScalarValue()) {
                    values.put(parser.getParsingContext().pathAsPointer().toString(), parser.getText());
                }
            }
        }
        return values;
    }

    @Test
    void holdsThePlugInAndItsDocumentsInOneDirectory() throws IOException {
        List<String> files = zip.stream()
                .filter(entry -> !entry.isDirectory())
                .map(ZipEntry::getName)
                .toList();

        assertThat(files)
                .containsExactlyInAnyOrderElementsOf(Stream.concat(
                                Stream.of(
                                        "manifest.json",
                                        "doc/README.md",
                                        "doc/CHANGELOG.md",
                                        "doc/licenses/THIRD-PARTY.txt"),
                                jars().map(jar -> "lib/" + jar.getFileName()))
                        .map(name -> ROOT + name)
                        .toList());
        for (Path jar : jars().toList()) {
            assertThat(bytes("lib/" + jar.getFileName())).as(jar.toString()).isEqualTo(Files.readAllBytes(jar));
        }
    }

    @Test
    void holdsNothingThatTheWorkerHas() throws IOException {
        TreeSet<String> packages = new TreeSet<>();
        for (ZipEntry entry : Collections.list(zip.entries()).stream()
                .filter(entry -> entry.getName().endsWith(".jar"))
                .toList()) {
            try (ZipInputStream jar = new ZipInputStream(
                    new ByteArrayInputStream(zip.getInputStream(entry).readAllBytes()))) {
                for (ZipEntry content = jar.getNextEntry(); content != null; content = jar.getNextEntry()) {
                    if (content.getName().endsWith(".class")) {
                        packages.add(content.getName().replaceFirst("/[^/]*$", "/"));
                    }
                }
            }
        }

        assertThat(packages)
                .contains("io/pickaroon/connect/", "io/pickaroon/processor/", "com/sun/jna/")
                .noneMatch(name -> name.matches(
                        "(.*/)?(org/apache/kafka|kafka|reactor/kafka|org/slf4j|ch/qos/logback|org/apache/logging)/.*"));
    }

    @Test
    void theManifestSaysWhatItIs() throws IOException {
        assertThat(manifest())
                .containsEntry("/name", "kafka-connect")
                .containsEntry("/owner/username", "pickaroon")
                .containsEntry("/version", VERSION)
                .containsEntry("/component_types/0", "source")
                .containsEntry("/features/delivery_guarantee/0", "exactly_once")
                .containsEntry("/features/single_message_transforms", "true")
                .containsEntry("/features/kafka_connect_api", "true")
                .containsEntry("/features/confluent_control_center_integration", "true")
                .containsKeys("/title", "/description", "/owner/name", "/tags/0", "/requirements/0")
                .doesNotContainKey("/component_types/1")
                .allSatisfy((name, value) -> assertThat(value).as(name).doesNotContain("${"));
        assertThat(ROOT)
                .isEqualTo("%s-%s-%s/"
                        .formatted(
                                manifest().get("/owner/username"),
                                manifest().get("/name"),
                                manifest().get("/version")));
    }

    @Test
    void everyLibraryHasItsLicence() throws IOException {
        List<String> licences = new String(bytes("doc/licenses/THIRD-PARTY.txt"), StandardCharsets.UTF_8)
                .lines()
                .toList();

        assertThat(jars().map(jar -> jar.getFileName().toString()).filter(name -> !name.startsWith("pickaroon-")))
                .isNotEmpty()
                .allSatisfy(name -> {
                    // NAME-VERSION.jar is GROUP:NAME:VERSION there.
                    String library = name.replaceFirst("-([0-9][^/]*)\\.jar$", ":$1 ");
                    assertThat(licences).anyMatch(line -> line.startsWith("     (") && line.contains(":" + library));
                });
    }

    @Test
    void noTimeOfItsBuildIsInIt() {
        assertThat(zip.stream().map(ZipEntry::getTimeLocal)).containsOnly(LocalDateTime.of(2026, 1, 1, 0, 0));
    }
}
