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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Configurations that are shown to people, on the page that is packed with the connector among others. */
class PackageReadmeTest {
    private static final Path ROOT = Path.of("..");
    private static final Pattern CONFIGURATION = Pattern.compile("```json\n(.*?)```", Pattern.DOTALL);

    @ParameterizedTest
    @ValueSource(strings = {"packaging/connect/README.md", "docs/guide/connect.md"})
    void theFirstConfigurationOfAPageIsTaken(String page) throws Exception {
        Matcher matcher = CONFIGURATION.matcher(Files.readString(ROOT.resolve(page)));
        assertThat(matcher.find()).isTrue();

        assertIsTaken(matcher.group(1));
    }

    @Test
    void thatOfTheContainersIsTaken() throws Exception {
        assertIsTaken(Files.readString(ROOT.resolve("docker/connect/shop.json")));
    }

    private static void assertIsTaken(String json) throws Exception {
        Map<String, String> properties =
                new ObjectMapper().readValue(json, new TypeReference<Map<String, String>>() {});

        assertThat(ConnectorConfig.problems(properties)).isEmpty();
        assertThat(ConnectorConfig.of(properties).warnings()).isEmpty();
    }
}
