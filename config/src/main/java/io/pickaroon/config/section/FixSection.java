package io.pickaroon.config.section;

import io.pickaroon.config.problem.Mismatch;
import io.pickaroon.config.problem.Place;
import io.pickaroon.config.problem.Suggestion;
import io.pickaroon.config.settings.FixSettings;
import io.pickaroon.config.value.Choices;
import io.pickaroon.config.value.Fields;
import io.pickaroon.config.value.Groups;
import io.pickaroon.config.value.Key;
import io.pickaroon.config.value.Numbers;
import io.pickaroon.config.value.Reading;
import io.pickaroon.config.value.Section;
import io.pickaroon.config.value.Texts;
import io.pickaroon.config.yaml.Located;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Reads {@code fix} of a rule, and holds it against what the rule matches. */
final class FixSection {
    /** Masks of detectors are made of these, which no detector takes for something to find. */
    private static final String MASKS_OF_DETECTORS = "*#xX";

    private static final char MASK_OF_DETECTORS = '*';
    private static final Key<String> REPLACE = Key.optional("replace", Texts.REPLACEMENT);
    private static final Key<Character> MASK = Key.optional("mask", Texts.MASK);
    private static final Key<String> GROUP = Key.optional("group", Texts.GROUP);
    private static final Key<Integer> KEEP_FIRST = Key.optional("keepFirst", Numbers.integer(0, 1_000_000), 0);
    private static final Key<Integer> KEEP_LAST = Key.optional("keepLast", Numbers.integer(0, 1_000_000), 0);
    private static final Key<Integer> PROTECT_HEAD = Key.optional("protectHead", Numbers.size(0, 1 << 30), 0);
    static final Key<FixSettings.When> WHEN =
            Key.optional("when", Choices.of(FixSettings.When.values()), FixSettings.When.IMMEDIATELY);
    private static final Key<Boolean> ALLOW_HARD_LINKS = Key.optional("allowHardLinks", Choices.BOOLEAN, false);
    private static final Key<Boolean> ALLOW_NETWORK_FILE_SYSTEM =
            Key.optional("allowNetworkFileSystem", Choices.BOOLEAN, false);

    static final Section SECTION = new Section(
            "'fix'",
            List.of(
                    REPLACE,
                    MASK,
                    GROUP,
                    KEEP_FIRST,
                    KEEP_LAST,
                    PROTECT_HEAD,
                    WHEN,
                    ALLOW_HARD_LINKS,
                    ALLOW_NETWORK_FILE_SYSTEM),
            FixSection::check);

    private FixSection() {}

    static FixSettings build(Fields fields, Fields match) {
        Optional<FixSettings.Change> replace = fields.value(REPLACE).map(FixSettings.Replace::new);
        return new FixSettings(
                replace.orElseGet(() -> mask(fields, match)),
                fields.value(GROUP),
                fields.get(PROTECT_HEAD),
                fields.get(WHEN),
                fields.get(ALLOW_HARD_LINKS),
                fields.get(ALLOW_NETWORK_FILE_SYSTEM));
    }

    private static FixSettings.Change mask(Fields fields, Fields match) {
        char character = fields.value(MASK).orElse(MASK_OF_DETECTORS);
        return isOfDetectors(fields, MatchSection.positive(match))
                ? new FixSettings.DetectorMask(character)
                : new FixSettings.Mask(character, fields.get(KEEP_FIRST), fields.get(KEEP_LAST));
    }

    /** Whether it leaves to detectors what stays. */
    private static boolean isOfDetectors(Fields fix, List<Fields> patterns) {
        return hasDetectors(patterns)
                && Stream.of(REPLACE, GROUP, KEEP_FIRST, KEEP_LAST).noneMatch(fix::mentions);
    }

    private static boolean hasDetectors(List<Fields> patterns) {
        return patterns.stream().anyMatch(pattern -> pattern.mentions(MatchSection.DETECT));
    }

    /** Whether no variable and no file brings a part of what is written in place. */
    static boolean isWrittenOut(Fields fields) {
        return fields.isWrittenOut(REPLACE) && fields.isWrittenOut(MASK) && fields.isWrittenOut(GROUP);
    }

    /** Where the fix says that it is never made in a file. */
    static Optional<Place> neverPlace(Fields fields) {
        return fields.find(WHEN)
                .filter(when -> when.value() == FixSettings.When.NEVER)
                .map(Located::place);
    }

    /** Whether it is known to change files, at once or later. */
    static boolean changesFiles(Fields fields) {
        boolean isKnown = !fields.mentions(WHEN) || fields.find(WHEN).isPresent();
        return isKnown && neverPlace(fields).isEmpty();
    }

    /** Checks what only a fix and a match together can get wrong. */
    static void checkAgainst(Fields match, Located<Fields> fix, Reading reading) {
        List<Fields> patterns = MatchSection.positive(match);
        if (!hasDetectors(patterns)
                && !(fix.value().mentions(REPLACE) && fix.value().mentions(MASK))) {
            SECTION.requireExactlyOne(List.of(REPLACE, MASK), fix.value(), fix.place(), reading);
        } else if (!fix.value().mentions(GROUP)) {
            checkMaskOfDetectors(fix.value(), reading);
        }
        if (isOfDetectors(fix.value(), patterns)) {
            return;
        }
        if (patterns.size() == 1) {
            checkLengths(patterns.getFirst(), fix.value(), reading);
        }
        if (fix.value().mentions(GROUP)) {
            fix.value().find(GROUP).ifPresent(group -> checkGroup(group, patterns, reading));
        } else if (patterns.size() != 1 && MatchSection.isClear(match)) {
            reading.report(
                    fix.place(),
                    "a fix without 'group' changes what one pattern matches, and 'match' has "
                            + (patterns.isEmpty() ? "none outside of 'not'" : patterns.size() + " of them"),
                    Optional.of(
                            patterns.isEmpty()
                                    ? "add a 'literal', 'anyOf' or 'regex' to 'all'"
                                    : "name a group of one expression with 'group'"));
        }
    }

    private static void checkMaskOfDetectors(Fields fix, Reading reading) {
        if (fix.mentions(REPLACE)) {
            reading.report(
                    fix.placeOf(REPLACE),
                    "'replace' does not go with 'detect': what is found has no length that is known",
                    Optional.of("leave it out: each detector has a mask of its own"));
        }
        fix.find(MASK)
                .filter(mask -> MASKS_OF_DETECTORS.indexOf(mask.value()) < 0)
                .ifPresent(mask -> reading.report(
                        mask.place(),
                        "expected one of '*', '#', 'x', 'X', found "
                                + Mismatch.quoted(Character.toString(mask.value()))
                                + ": what a detector has masked must not be found again"));
    }

    private static void checkLengths(Fields pattern, Fields fix, Reading reading) {
        pattern.find(MatchSection.LITERAL).ifPresent(text -> checkLength(text.value(), "the literal", fix, reading));
        pattern.find(MatchSection.ANY_OF)
                .ifPresent(texts ->
                        Located.values(texts.value()).forEach(text -> checkLength(text, "the text", fix, reading)));
    }

    private static void check(Fields fields, Place place, Reading reading) {
        if (fields.mentions(REPLACE) && fields.mentions(MASK)) {
            SECTION.requireExactlyOne(List.of(REPLACE, MASK), fields, place, reading);
        }
        neverPlace(fields).ifPresent(never -> checkNever(fields, never, reading));
        for (Key<?> key : List.of(KEEP_FIRST, KEEP_LAST)) {
            if (fields.mentions(key) && fields.mentions(REPLACE)) {
                reading.report(fields.placeOf(key), "'" + key.name() + "' has a meaning only with 'mask'");
            }
        }
    }

    private static void checkNever(Fields fields, Place never, Reading reading) {
        if (fields.mentions(REPLACE)) {
            reading.report(
                    never, "'never' goes only with 'mask': what replaces a match is written to the file and not sent");
        }
        for (Key<?> key : List.of(PROTECT_HEAD, ALLOW_HARD_LINKS, ALLOW_NETWORK_FILE_SYSTEM)) {
            if (fields.mentions(key)) {
                reading.report(
                        fields.placeOf(key), "'" + key.name() + "' has no meaning where the file is never changed");
            }
        }
    }

    private static void checkLength(String text, String noun, Fields fix, Reading reading) {
        int matched = Texts.utf8Length(text);
        fix.find(REPLACE)
                .filter(replace -> Texts.utf8Length(replace.value()) != matched)
                .ifPresent(replace -> reading.report(
                        replace.place(),
                        "a fix keeps the length: " + Mismatch.quoted(replace.value()) + " has "
                                + bytes(Texts.utf8Length(replace.value())) + ", " + noun + " "
                                + Mismatch.quoted(text) + " has " + bytes(matched)));
        long kept =
                (long) fix.value(KEEP_FIRST).orElse(0) + fix.value(KEEP_LAST).orElse(0);
        fix.find(MASK)
                .filter(_ -> kept >= matched)
                .ifPresent(mask -> reading.report(
                        mask.place(),
                        "'keepFirst' and 'keepLast' keep all " + bytes(matched) + " of " + noun + " "
                                + Mismatch.quoted(text) + ", so nothing is masked"));
    }

    private static String bytes(int count) {
        return count == 1 ? "1 byte" : count + " bytes";
    }

    private static void checkGroup(Located<String> group, List<Fields> patterns, Reading reading) {
        List<Fields> expressions = patterns.stream()
                .filter(pattern -> pattern.mentions(MatchSection.REGEX))
                .toList();
        if (expressions.isEmpty()) {
            reading.report(group.place(), "'group' has a meaning only when 'match' has a 'regex'");
            return;
        }
        if (!expressions.stream()
                .allMatch(pattern -> pattern.find(MatchSection.REGEX).isPresent())) {
            return;
        }
        List<String> names = expressions.stream()
                .flatMap(pattern ->
                        Groups.of(pattern.find(MatchSection.REGEX).orElseThrow().value()).names().stream())
                .toList();
        long owners = names.stream().filter(group.value()::equals).count();
        if (owners > 1) {
            reading.report(
                    group.place(),
                    "several expressions of 'match' have a group named " + Mismatch.quoted(group.value())
                            + "; give the one that is changed a name of its own");
        } else if (owners == 0) {
            reading.report(
                    group.place(),
                    (expressions.size() == 1
                                    ? "the regular expression has no"
                                    : "no regular expression of 'match' has a")
                            + " group named " + Mismatch.quoted(group.value()),
                    Suggestion.didYouMean(group.value(), names)
                            .or(() -> Optional.of(
                                    names.isEmpty()
                                            ? "write (?<name>...) in it"
                                            : "its groups are " + Section.list(names))));
        }
    }
}
