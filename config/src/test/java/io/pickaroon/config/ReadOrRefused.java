package io.pickaroon.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.pickaroon.config.problem.Problem;
import io.pickaroon.config.problem.SettingsException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;

/** What must hold for a settings file of any content. */
final class ReadOrRefused {
    private ReadOrRefused() {}

    static void check(Path directory, byte[] bytes) {
        SettingsFile file = SettingsFile.of(directory, bytes);
        try {
            assertThat(file.read().rules()).isNotEmpty();
        } catch (SettingsException refused) {
            List<String> lines = List.of(new String(bytes, StandardCharsets.UTF_8).split("\r\n|\r|\n", -1));
            assertThat(refused.problems()).isNotEmpty().allSatisfy(problem -> {
                assertThat(problem.line()).isBetween(1, lines.size());
                String line = lines.get(problem.line() - 1);
                assertThat(problem.column()).isBetween(1, line.codePointCount(0, line.length()) + 1);
                assertThat(problem.message()).isNotBlank().hasLineCount(1);
            });
            assertThat(refused.problems())
                    .isSortedAccordingTo(Comparator.comparingInt(Problem::line).thenComparingInt(Problem::column));
        }
    }
}
