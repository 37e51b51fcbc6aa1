package io.pickaroon.inputs.rules;

import io.pickaroon.config.settings.Settings;
import io.pickaroon.processor.rule.Pattern;
import java.util.List;
import java.util.stream.IntStream;

/** Rules for which the search passes over no record. */
public final class SlowRules {
    private SlowRules() {}

    /** A sentence for each of them, in the order of the configuration. */
    public static List<String> notes(Settings settings) {
        List<Pattern> patterns = EngineInputs.patterns(settings);
        return IntStream.range(0, patterns.size())
                .filter(rule -> patterns.get(rule).seesEveryRecord())
                .mapToObj(rule ->
                        ("rule %s tests every record: its 'match' asks for no text that has to be there; to have most"
                            + " records passed over, put it into 'all' with a literal, anyOf or regex that the records"
                            + " in question have")
                                .formatted(settings.rules().get(rule).id()))
                .toList();
    }
}
