package io.pickaroon.config.section;

import io.pickaroon.config.problem.Mismatch;
import io.pickaroon.config.problem.Place;
import io.pickaroon.config.settings.TimeSettings;
import io.pickaroon.config.value.Fields;
import io.pickaroon.config.value.Groups;
import io.pickaroon.config.value.Key;
import io.pickaroon.config.value.Numbers;
import io.pickaroon.config.value.Reading;
import io.pickaroon.config.value.ScalarType;
import io.pickaroon.config.value.Section;
import io.pickaroon.config.value.Texts;
import io.pickaroon.config.yaml.Located;
import io.pickaroon.records.time.RecordTime;
import java.time.Duration;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;

/** Reads {@code time} and {@code timeSlack} of an input. */
final class TimeSection {
    private static final Key<String> REGEX = Key.optional("regex", Texts::readRegex);
    private static final Key<String> FORMAT =
            Key.optional("format", new ScalarType<>("the name or the pattern of a time", TimeSection::parseFormat));
    private static final Key<ZoneId> ZONE = Key.optional("zone", Texts.ZONE);

    static final Key<Fields> TIME =
            Key.optional("time", new Section("'time'", List.of(REGEX, FORMAT, ZONE), TimeSection::check));
    static final Key<Duration> SLACK =
            Key.optional("timeSlack", Numbers.duration(Duration.ZERO, Duration.ofDays(365)), TimeSettings.SLACK);

    private TimeSection() {}

    private static String parseFormat(String text) throws Mismatch {
        try {
            if (!RecordTime.NAMES.contains(text)) {
                RecordTime _ = text.matches("[a-z0-9]+")
                        ? RecordTime.named(text, ZoneOffset.UTC)
                        : RecordTime.ofFormat(text, ZoneOffset.UTC);
            }
            return text;
        } catch (IllegalArgumentException e) {
            throw new Mismatch(Mismatch.quoted(text) + " is no format of a time: " + e.getMessage());
        }
    }

    private static void check(Fields fields, Place place, Reading reading) {
        if (!fields.mentions(REGEX) && !fields.mentions(FORMAT)) {
            reading.report(
                    place,
                    "expected 'format' or 'regex' in 'time', found neither",
                    Optional.of("names of formats are " + String.join(", ", RecordTime.NAMES)));
        }
        Optional<Located<String>> format = fields.find(FORMAT);
        boolean isName =
                format.filter(its -> RecordTime.NAMES.contains(its.value())).isPresent();
        if (fields.mentions(REGEX) && isName) {
            reading.report(
                    format.get().place(),
                    "with 'regex', 'format' is a pattern of Java; leave it out: a text as any of the names has it is"
                            + " read");
        } else if (!fields.mentions(REGEX) && format.isPresent() && !isName) {
            reading.report(
                    format.get().place(),
                    "a pattern needs 'regex', whose group is the text of the time; without, 'format' is one of "
                            + String.join(", ", RecordTime.NAMES));
        }
        fields.find(REGEX).ifPresent(regex -> requireOneGroup(regex, reading));
    }

    private static void requireOneGroup(Located<String> regex, Reading reading) {
        int groups = Groups.of(regex.value()).count();
        if (groups != 1) {
            reading.report(
                    regex.place(),
                    "the expression has " + (groups == 0 ? "no group" : groups + " groups")
                            + ", and the time is what its only group matches",
                    Optional.of("write (?:..) for groups that only hold something together"));
        }
    }

    /** What stands in an input that needs to know how its records tell their time. */
    static void checkInput(Fields input, Optional<Located<StartSection.Written>> start, Reading reading) {
        if (input.mentions(TIME)) {
            return;
        }
        start.filter(written -> written.value().at().isPresent())
                .ifPresent(at -> reading.report(
                        at.place(),
                        "'start: { at: TIME }' needs 'time': how the records of the input tell their time"));
        input.find(SLACK)
                .ifPresent(slack -> reading.report(slack.place(), "'timeSlack' needs 'time': how records tell it"));
    }

    /** How records tell their time, if that is said. */
    static Optional<TimeSettings> settings(Fields input) {
        return input.value(TIME)
                .map(time -> new TimeSettings(time.value(REGEX), time.value(FORMAT), zone(time), input.get(SLACK)));
    }

    private static ZoneId zone(Fields time) {
        return time.value(ZONE).orElseGet(ZoneId::systemDefault);
    }

    /** The zone of times of an input that do not say theirs. */
    static ZoneId zoneOf(Fields input) {
        return input.value(TIME).map(TimeSection::zone).orElseGet(ZoneId::systemDefault);
    }
}
