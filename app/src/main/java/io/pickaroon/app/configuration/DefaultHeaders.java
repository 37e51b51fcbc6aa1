package io.pickaroon.app.configuration;

import io.pickaroon.config.settings.HeaderSettings;
import io.pickaroon.config.settings.OutputSettings;
import io.pickaroon.config.settings.RuleSettings;
import io.pickaroon.config.settings.Settings;
import io.pickaroon.inputs.rules.RuleForms;
import io.pickaroon.inputs.shown.MatchHeaders;
import java.util.List;
import java.util.Optional;

/** What a record of Kafka had unless {@code headers} said otherwise, before {@link RuleForms#DEFAULT_HEADERS}. */
public final class DefaultHeaders {
    /** Those of versions without {@code headers: [..]}. */
    private static final List<String> FORMER =
            List.of(MatchHeaders.FILE_PATH, MatchHeaders.OFFSET, MatchHeaders.RULE, MatchHeaders.ID);

    private DefaultHeaders() {}

    /**
     * What to say to the first run with other defaults than its checkpoint was made with; empty if no rule has the default
     * headers.
     *
     * @param output where matches go
     */
    public static Optional<String> change(Settings settings, OutputSettings output) {
        List<String> rules = settings.rules().stream()
                .filter(rule -> rule.emit()
                        .filter(emit -> emit.headers() instanceof HeaderSettings.Default)
                        .isPresent())
                .map(RuleSettings::id)
                .toList();
        if (rules.isEmpty() || !(output instanceof OutputSettings.Kafka)) {
            return Optional.empty();
        }
        return Optional.of(
                ("records of rules without 'headers' (%s) have other headers since this version: %s; before, they had"
                    + " %s. 'headers: all' in 'emit' brings those back; a list such as 'headers: [ host, file, offset,"
                    + " id ]' says which. This is said once")
                        .formatted(
                                String.join(", ", rules),
                                String.join(", ", RuleForms.DEFAULT_HEADERS),
                                String.join(", ", FORMER)));
    }
}
