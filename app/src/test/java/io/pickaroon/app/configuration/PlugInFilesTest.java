package io.pickaroon.app.configuration;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PlugInFilesTest {
    @Test
    void aFileThatIsNoJarByItsNameIsSaid(@TempDir Path directory) throws IOException {
        Files.createFile(directory.resolve("login.jar"));
        Path other = Files.createFile(directory.resolve("login.jar.bak"));
        Files.createDirectory(directory.resolve("old"));

        PlugIns plugIns = new PlugIns(List.of(directory + "/none", directory.toString()), List.of());

        assertThat(plugIns.notLoaded()).containsExactly(other.toString());
    }
}
