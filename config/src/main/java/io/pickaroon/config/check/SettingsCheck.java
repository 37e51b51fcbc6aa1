package io.pickaroon.config.check;

import io.pickaroon.config.settings.Settings;
import java.util.List;

/** Refuses settings that are valid and that cannot be done all the same. */
public interface SettingsCheck {
    /** Takes all that is valid. */
    SettingsCheck NONE = _ -> List.of();

    /**
     * What is refused.
     *
     * @param key where it stands, with the id of its input or rule: {@code rules.cards.fix}; also the name of a connector's property
     * @param why and what to do instead, one line
     */
    record Refusal(String key, String why) {}

    /** In no order; empty if everything can be done. */
    List<Refusal> refusals(Settings settings);
}
