package io.pickaroon.app.search;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import io.pickaroon.processor.directio.NativePath;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NamedFileTest {
    @TempDir
    private Path directory;

    @Test
    void filesWhoseNamesAreNoUtf8CountLikeOthers() throws IOException {
        Path plain = Files.writeString(directory.resolve("a.log"), "12345");
        Path odd =
                Files.writeString(NativePath.of((directory + "/k\u00e4se\u00ff.log").getBytes(ISO_8859_1)), "1234567");

        assertThat(NamedFile.totalBytes(List.of(plain, odd, directory.resolve("missing"))))
                .isEqualTo(12);
    }
}
