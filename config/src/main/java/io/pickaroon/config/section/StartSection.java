package io.pickaroon.config.section;

import io.pickaroon.config.settings.InputSettings;
import io.pickaroon.config.value.Choices;
import io.pickaroon.config.value.Key;
import io.pickaroon.config.value.PointInTime;
import io.pickaroon.config.value.Reading;
import io.pickaroon.config.value.Section;
import io.pickaroon.config.value.ValueType;
import io.pickaroon.config.value.WordOr;
import java.time.Instant;
import java.time.ZoneId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.snakeyaml.engine.v2.nodes.Node;

/** Reads {@code start} of an input. */
final class StartSection {
    /**
     * As it is written.
     *
     * @param at empty: the word says it
     */
    record Written(InputSettings.Start word, Optional<PointInTime> at) {
        private Written(InputSettings.Start word) {
            this(word, Optional.empty());
        }

        InputSettings.Start in(ZoneId zone) {
            return at.<InputSettings.Start>map(time -> new InputSettings.Start.At(time.instant(zone, Instant.now())))
                    .orElse(word);
        }
    }

    private static final Key<PointInTime> AT = Key.required("at", PointInTime.TYPE);
    private static final Section SECTION = new Section("'start'", List.of(AT), Section.Check.NONE);
    static final Written BEGINNING = new Written(InputSettings.Start.BEGINNING);

    static final ValueType<Written> TYPE =
            new WordOr<>(new Choices<>(words()), "{ at: TIME }", Optional.of(SECTION), StartSection::readAt);

    private StartSection() {}

    private static Map<String, Written> words() {
        Map<String, Written> words = new LinkedHashMap<>();
        words.put("beginning", BEGINNING);
        words.put("end", new Written(InputSettings.Start.END));
        return words;
    }

    private static Optional<Written> readAt(Node node, Reading reading) {
        return SECTION.read(node, reading)
                .flatMap(fields -> fields.value(AT))
                .map(time -> new Written(InputSettings.Start.BEGINNING, Optional.of(time)));
    }
}
