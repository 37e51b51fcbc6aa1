package io.pickaroon.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.jna.Native;
import io.pickaroon.app.InstalledProgram.Ended;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** An installation with JNA's library beside the jars, as a distribution has it. */
@Timeout(180)
class UnpackedLibraryTest {
    @TempDir
    Path directory;

    @Test
    void nothingIsUnpackedSoNeitherHomeNorTemporaryDirectoryHasToBeWritable() throws Exception {
        InstalledProgram program = InstalledProgram.in(directory);
        Files.writeString(directory.resolve("in.log"), "one WARN\n");
        Path unpacked = Files.createDirectories(directory.resolve("installed/native/linux-x86-64"));
        Files.createDirectories(directory.resolve("installed/native/linux-aarch64"));
        for (String platform : List.of("linux-x86-64", "linux-aarch64")) {
            try (InputStream library =
                    Native.class.getResourceAsStream("/com/sun/jna/" + platform + "/libjnidispatch.so")) {
                Files.copy(library, unpacked.resolveSibling(platform).resolve("libjnidispatch.so"));
            }
        }

        Ended ended = program.bash(
                "C.UTF-8",
                "export PICKAROON_JAVA_OPTS='-Djava.io.tmpdir=/proc -Duser.home=/proc/none'",
                "export HOME=/proc/none XDG_CACHE_HOME=/proc/none",
                "pickaroon scan in.log -F WARN");

        assertThat(ended).isEqualTo(new Ended(0, "one WARN\n", ""));
    }
}
