package io.pickaroon.connect.settings;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The page that is packed with the connector. */
class PackageReadmeTest {
    private static final Pattern CONFIGURATION = Pattern.compile("```json\n(.*?)```", Pattern.DOTALL);

    @Test
    void itsConfigurationIsTaken() throws Exception {
        String page = Files.readString(Path.of("..", "packaging", "connect", "README.md"));
        Matcher matcher = CONFIGURATION.matcher(page);
        assertThat(matcher.find()).isTrue();

        Map<String, String> properties =
                new ObjectMapper().readValue(matcher.group(1), new TypeReference<Map<String, String>>() {});

        assertThat(ConnectorConfig.problems(properties)).isEmpty();
        assertThat(ConnectorConfig.of(properties).warnings()).isEmpty();
    }
}
