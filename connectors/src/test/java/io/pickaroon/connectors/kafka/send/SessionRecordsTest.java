package io.pickaroon.connectors.kafka.send;

import static org.assertj.core.api.Assertions.assertThat;

import io.pickaroon.connectors.LogFixture;
import io.pickaroon.connectors.kafka.client.ClientProperties;
import io.pickaroon.connectors.kafka.records.RecordNotices;
import io.pickaroon.connectors.kafka.records.RuleRoute;
import io.pickaroon.connectors.kafka.records.SessionRecords;
import io.pickaroon.connectors.kafka.records.TopicRoutes;
import io.pickaroon.connectors.kafka.settings.Guarantee;
import io.pickaroon.connectors.kafka.settings.KafkaSinkSettings;
import io.pickaroon.connectors.kafka.settings.KafkaSinkSettings.Route;
import io.pickaroon.connectors.kafka.settings.RefusedRecords;
import io.pickaroon.processor.scan.ScannedWindow;
import io.pickaroon.records.Template;
import io.pickaroon.records.TemplateScope;
import io.pickaroon.records.emit.EmitTemplates;
import io.pickaroon.records.emit.RecordForm;
import io.pickaroon.records.emit.RecordOrigin;
import io.pickaroon.records.emit.ValueFormat;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The topics of one window are found while another window is sent. */
class SessionRecordsTest {
    private static final int LINES = 200;
    private static final int TIMES = 200;

    @TempDir
    Path directory;

    @Test
    void windowsThatTwoThreadsRenderAtTheSameTimeKeepTheirTopicsApart() throws Exception {
        SessionRecords session = session();
        List<String> lines = LogFixture.errorLines(LINES);
        try (LogFixture first = LogFixture.of(directory.resolve("a.log"), lines);
                LogFixture second = LogFixture.of(directory.resolve("b.log"), lines)) {
            int lineBytes = lines.getFirst().length() + 1;
            CompletableFuture<Void> other =
                    CompletableFuture.runAsync(() -> rendersOwnTopics(session, window(second), "b.log", lineBytes));
            rendersOwnTopics(session, window(first), "a.log", lineBytes);
            other.get();
        }
    }

    private static ScannedWindow window(LogFixture log) {
        try {
            return log.windows(1 << 20).blockFirst();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void rendersOwnTopics(SessionRecords session, ScannedWindow window, String file, int lineBytes) {
        Set<String> expected = IntStream.range(0, LINES)
                .mapToObj(line -> "logs-" + file + "-" + line * lineBytes)
                .collect(LinkedHashSet::new, Set::add, Set::addAll);
        for (int i = 0; i < TIMES; i++) {
            assertThat(session.of(window).topics()).isEqualTo(expected);
        }
    }

    private static SessionRecords session() throws Exception {
        RecordForm form = new RecordForm(
                "errors",
                new EmitTemplates(
                        Template.parse("logs-{file.name}-{offset}", TemplateScope.of(_ -> null)),
                        Optional.empty(),
                        List.of(),
                        Optional.empty(),
                        ValueFormat.RAW),
                false);
        Route route = new Route(form);
        KafkaSinkSettings settings = new KafkaSinkSettings(
                "localhost:9092",
                Map.of("errors", route),
                Map.of(),
                Map.of(),
                new Guarantee.AtLeastOnce(),
                new RefusedRecords.Stop());
        return new SessionRecords(
                new TopicRoutes(Map.of("errors", RuleRoute.of(route, Optional.empty())), 0, 1_000_000),
                new ClientProperties(settings),
                (input, path) -> new RecordOrigin("host", "run", input, path),
                new RecordNotices(),
                InstantSource.system());
    }
}
