package io.pickaroon.config;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

/** Whatever the file holds, the answer is settings, or problems that lie within the file. */
class SettingsFuzzTest {
    @TempDir
    static Path directory;

    @FuzzTest(maxDuration = "10m")
    void aFileIsReadOrRefusedWithinItsText(byte[] file) {
        if (!new String(file, StandardCharsets.ISO_8859_1).contains("${file:")) {
            ReadOrRefused.check(directory, file);
        }
    }
}
