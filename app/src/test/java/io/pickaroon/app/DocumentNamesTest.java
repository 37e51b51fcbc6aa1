package io.pickaroon.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Classes that the documents name are there. */
class DocumentNamesTest {
    private static final Pattern CLASS = Pattern.compile("`([A-Z]\\w*[a-z]\\w*)(?:[.(#][^`]*)?`");

    /** Names of others: the JDK, its options, Reactor, Reactor Kafka, Kafka's rights, systemd, Kubernetes. */
    private static final Set<String> FOREIGN = Set.of(
            "ActiveProcessorCount",
            "CompileCommand",
            "CreateContainerConfigError",
            "Describe",
            "DisplayVMOutput",
            "FileChannel",
            "Flux",
            "InternalError",
            "InvalidProducerEpochException",
            "MemorySegment",
            "MountVolume",
            "OOMKilled",
            "ProducerFencedException",
            "RestartPreventExitStatus",
            "SenderRecord",
            "SerialGC",
            "String",
            "Tier4",
            "WatchService",
            "WatchdogSec",
            "Write");

    @Test
    void everyClassThatIsNamedIsThere() throws IOException {
        Set<String> named = named();
        named.removeAll(FOREIGN);

        assertThat(named).hasSizeGreaterThan(50);
        assertThat(classes()).containsAll(named);
    }

    private static Set<String> named() throws IOException {
        Set<String> names = new TreeSet<>();
        for (Path document : LinksTest.documents().toList()) {
            Matcher name = CLASS.matcher(Files.readString(document));
            while (name.find()) {
                names.add(name.group(1));
            }
        }
        return names;
    }

    private static Set<String> classes() throws IOException {
        Set<String> classes = new TreeSet<>();
        for (String module : new String[] {
            "processor",
            "records",
            "inputs",
            "connectors",
            "broker-tests",
            "connect",
            "config",
            "app",
            "dev-broker",
            "library-example",
            "distribution"
        }) {
            try (Stream<Path> files = Files.walk(GuidePage.ROOT.resolve(module).resolve("src"))) {
                classes.addAll(files.map(file -> file.getFileName().toString())
                        .filter(name -> name.endsWith(".java"))
                        .map(name -> name.substring(0, name.length() - ".java".length()))
                        .collect(Collectors.toSet()));
            }
        }
        return classes;
    }
}
