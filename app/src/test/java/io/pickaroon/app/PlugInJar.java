package io.pickaroon.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import javax.tools.ToolProvider;

/**
 * A plug-in that a test compiles.
 *
 * @param classes where its classes are
 */
record PlugInJar(Path classes) {
    /**
     * Compiles one source with the class path of the tests.
     *
     * @param options for the compiler, such as {@code --release}
     */
    static PlugInJar compiled(Path directory, String name, String source, String... options) throws IOException {
        Path file = Files.writeString(directory.resolve(name + ".java"), source);
        Path classes = Files.createDirectories(directory.resolve(name + "-classes"));
        List<String> arguments = new ArrayList<>(List.of(options));
        arguments.addAll(List.of("-cp", System.getProperty("java.class.path"), "-proc:none"));
        arguments.addAll(List.of("-d", classes.toString(), file.toString()));
        assertThat(ToolProvider.getSystemJavaCompiler().run(null, null, null, arguments.toArray(String[]::new)))
                .isZero();
        return new PlugInJar(classes);
    }

    /** Writes the jar, with the classes whose paths end so. */
    Path write(Path jar, String ending) throws IOException {
        Files.createDirectories(jar.getParent());
        try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar));
                Stream<Path> files = Files.walk(classes)) {
            for (Path file :
                    files.filter(path -> path.toString().endsWith(ending)).toList()) {
                out.putNextEntry(new ZipEntry(classes.relativize(file).toString()));
                Files.copy(file, out);
            }
        }
        return jar;
    }

    /** Has Kafka clients of this thread find the classes, until it is closed. */
    Found found() throws IOException {
        URLClassLoader loader = new URLClassLoader(new URL[] {classes.toUri().toURL()});
        Thread thread = Thread.currentThread();
        Found found = new Found(loader, thread.getContextClassLoader());
        thread.setContextClassLoader(loader);
        return found;
    }

    /** Classes that a thread finds besides others. */
    record Found(URLClassLoader loader, ClassLoader before) implements AutoCloseable {
        @Override
        public void close() throws IOException {
            Thread.currentThread().setContextClassLoader(before);
            loader.close();
        }
    }
}
