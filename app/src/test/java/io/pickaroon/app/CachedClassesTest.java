package io.pickaroon.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.DataInputStream;
import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import org.junit.jupiter.api.Test;

/**
 * Which classes of the libraries the JVM's start-up cache refuses. It takes none with a class file older than Java 6, and
 * none out of a signed jar; every start has to read and verify those anew.
 */
class CachedClassesTest {
    private static final int MAGIC = 0xCAFEBABE;
    private static final int JAVA_6 = 50;

    @Test
    void noLibraryHasClassesThatTheCacheRefuses() throws IOException {
        Map<String, String> refused = new TreeMap<>();
        int jars = 0;
        for (String entry : System.getProperty("java.class.path").split(File.pathSeparator)) {
            if (entry.endsWith(".jar") && isInstalled(entry)) {
                jars++;
                whyRefused(Path.of(entry), refused);
            }
        }
        assertThat(jars).isGreaterThan(20);
        assertThat(refused).isEmpty();
    }

    /** Libraries of tests alone are not. */
    private static boolean isInstalled(String jar) {
        String name = Path.of(jar).getFileName().toString();
        return Arrays.stream(new String[] {
                    "reactor",
                    "kafka",
                    "netty",
                    "jna",
                    "logback",
                    "slf4j",
                    "jackson-core",
                    "snakeyaml",
                    "tomlj",
                    "antlr4",
                    "micrometer",
                    "prometheus",
                    "zstd",
                    "lz4",
                    "snappy",
                    "reactive-streams",
                    "picocli"
                })
                .anyMatch(name::contains);
    }

    private static void whyRefused(Path jar, Map<String, String> refused) throws IOException {
        try (JarFile file = new JarFile(jar.toFile())) {
            int old = 0;
            boolean signed = false;
            for (JarEntry entry : file.stream().toList()) {
                signed |= entry.getName().matches("META-INF/[^/]+\\.SF");
                if (entry.getName().endsWith(".class") && !entry.getName().startsWith("META-INF/")) {
                    try (DataInputStream in = new DataInputStream(file.getInputStream(entry))) {
                        assertThat(in.readInt()).isEqualTo(MAGIC);
                        in.readUnsignedShort();
                        old += in.readUnsignedShort() < JAVA_6 ? 1 : 0;
                    }
                }
            }
            if (old > 0 || signed) {
                refused.put(
                        jar.getFileName().toString(), (signed ? "signed, " : "") + old + " classes older than Java 6");
            }
        }
    }
}
