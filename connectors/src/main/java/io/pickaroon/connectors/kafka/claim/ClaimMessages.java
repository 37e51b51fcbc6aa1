package io.pickaroon.connectors.kafka.claim;

import io.pickaroon.processor.delivery.Instance;
import io.pickaroon.processor.directio.ByteText;
import io.pickaroon.processor.file.FileIdentity;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** What {@link ClaimDecision} says, in words: what is there, and the commands that lead out. */
final class ClaimMessages {
    private static final int MOST_FILES = 5;
    private static final Duration RECENT = Duration.ofMinutes(10);
    private static final String NEXT = "\n  ";

    private final Claimant who;
    private final TopicContents contents;

    ClaimMessages(Claimant who, TopicContents contents) {
        this.who = who;
        this.contents = contents;
    }

    List<String> passing() {
        List<String> warnings = new ArrayList<>();
        warnings.add(
                "this run has no checkpoint: it sends everything that matches, and the next such run sends it again;"
                        + " 'checkpoint: { path: .. }' remembers the place");
        who.orders()
                .instance()
                .ifPresent(given -> warnings.add("'instance: %s' has no effect without a checkpoint".formatted(given)));
        return warnings;
    }

    String copied(String name, Claim claim) {
        return ("instance '%s' was started elsewhere with a copy of this checkpoint: it was copied, with an image of a"
                        + " machine perhaps, or restored from a backup. Nothing was read or sent." + NEXT
                        + "there is: %s%s"
                        + NEXT
                        + "to go on here as '%s', which stops the other one: %s" + NEXT
                        + "to go on here on its own, from this checkpoint's places; what was delivered after them is"
                        + " sent again: pickaroon checkpoint new-instance %s")
                .formatted(name, described(name, claim), files(name), name, run("--adopt " + name), quotedPath());
    }

    String takenAway(String name, Claim claim) {
        return ("instance '%s' was taken over by another checkpoint, and this one held it before. Nothing was read or"
                        + " sent."
                        + NEXT + "there is: %s%s" + NEXT + "to take it back, which stops the other one: %s" + NEXT
                        + "to go on here on its own, from this checkpoint's places; what was delivered after them is"
                        + " sent again: pickaroon checkpoint new-instance %s")
                .formatted(name, described(name, claim), files(name), run("--adopt " + name), quotedPath());
    }

    String adoptedTwice(String name, Claim claim) {
        return ("instance '%s' was taken over by another checkpoint after this one had taken it with --adopt %s. An"
            + " order that stays in a unit file counts once, or the two would take turns. Nothing was read or sent."
                        + NEXT + "there is: %s" + NEXT + "to take it back: start once without --adopt, then again: %s"
                        + NEXT + "to leave it to the other one: remove --adopt, and do not start this one")
                .formatted(name, name, described(name, claim), run("--adopt " + name));
    }

    /** Written to a moment ago, of files that are not here: two containers may have host name and path in common. */
    private boolean mayBeOfAnother(String name) {
        Map<FileIdentity, StoredPosition> positions = contents.positions(name);
        boolean recent = contents.lastWritten(name)
                .filter(written -> written.isAfter(who.now().minus(RECENT)))
                .isPresent();
        return recent
                && !positions.isEmpty()
                && positions.keySet().stream().noneMatch(file -> who.files().containsKey(file.ofGeneration(0)));
    }

    String adoptedBefore(String name) {
        return ("--adopt %s: this checkpoint had taken that instance before it was made one of its own. An order that"
                        + " stays in a unit file counts once. Nothing was read or sent."
                        + NEXT + "to go on here on its own, from this checkpoint's places: remove --adopt" + NEXT
                        + "to take the instance again: pickaroon checkpoint new-instance %s; then %s")
                .formatted(name, quotedPath(), run("--adopt " + name));
    }

    String claimed(String name, Claim claim) {
        return ("instance '%s' is in use by another checkpoint, and this one has never held it. Nothing was read or"
                        + " sent."
                        + NEXT + "there is: %s%s" + NEXT + "to go on from there, which stops the other one: %s" + NEXT
                        + "to send everything again under this name, which stops the other one, too: %s" + NEXT
                        + "to run beside it: give this configuration another 'instance', or none")
                .formatted(name, described(name, claim), files(name), run("--adopt " + name), run("--start-anew"));
    }

    String lostWithOtherRules(String name) {
        Optional<Claim> claim = contents.claim(name);
        return ("this checkpoint is new under this name, and Kafka has positions %s, but for other rules: what they"
                        + " have passed, none of these rules has ever seen. Nothing was read or"
                        + " sent." + NEXT + "there is: %s%s" + NEXT
                        + "to go on from there: %s" + NEXT + "to send everything again: %s")
                .formatted(
                        claim.isPresent() ? "of one that was here before" : "under its name",
                        described(name),
                        files(name),
                        run("--adopt " + name),
                        run("--start-anew"));
    }

    String moved(List<String> names) {
        return "this checkpoint is new, and another one of this host had delivered the same files for the same rules;"
                + " it is no longer where it was: moved, perhaps, or lost" + oneOf(names);
    }

    String severalWereHere(List<String> names) {
        return "this checkpoint is new, and several others have been at its path on a host of this name: on this one"
                + " and a clone of it, perhaps, which may still run" + oneOf(names);
    }

    private String oneOf(List<String> names) {
        String there = names.stream()
                .map(name -> NEXT + "there is: " + described(name) + files(name))
                .collect(Collectors.joining());
        String adopt = names.stream()
                .map(name -> NEXT + "to go on from '" + name + "': " + run("--adopt " + name))
                .collect(Collectors.joining());
        return ". Nothing was read or sent." + there + adopt + NEXT + "to send everything again: "
                + run("--start-anew");
    }

    String newNameIsClaimed(String held, String wanted, Claim claim) {
        return ("this checkpoint goes by '%s' so far, and the 'instance' that is given now, '%s', is in use by another"
                        + " one. Nothing was read or sent." + NEXT + "there is: %s%s" + NEXT
                        + "to go on as before: remove 'instance', or give another" + NEXT
                        + "to go on from there, which stops the other one: pickaroon checkpoint new-instance %s; then"
                        + " %s")
                .formatted(
                        held, wanted, described(wanted, claim), files(wanted), quotedPath(), run("--adopt " + wanted));
    }

    String newNameHasPositions(String held, String wanted) {
        return ("this checkpoint goes by '%s' so far, and under the 'instance' that is given now, '%s', there are"
            + " positions that no checkpoint has claimed: of a version without claims, which may still run. Nothing"
            + " was read or sent." + NEXT + "there is: %s%s" + NEXT
                        + "to go on as before: remove 'instance', or give another" + NEXT
                        + "to remove what is there: pickaroon positions forget %s %s --yes")
                .formatted(
                        held,
                        wanted,
                        described(wanted),
                        files(wanted),
                        who.orders().configuration(),
                        wanted);
    }

    String givenNameHasPositions(String name) {
        return ("the 'instance' that is given, '%s', has positions that no checkpoint has claimed: of a version without"
                        + " claims, which may still run; and this checkpoint has places of its own. Nothing was read or"
                        + " sent." + NEXT + "there is: %s%s" + NEXT
                        + "to go on from this checkpoint's places: give another 'instance', or none" + NEXT
                        + "to go on from there: %s" + NEXT + "to send everything again: %s")
                .formatted(name, described(name), files(name), run("--adopt " + name), run("--start-anew"));
    }

    String noSuchName(String name) {
        String names = contents.lastingClaims().isEmpty() && contents.names().isEmpty()
                ? "there are none"
                : "there are: "
                        + contents.names().stream()
                                .filter(other -> contents.claims().get(other) == null
                                        || !contents.claims().get(other).passing())
                                .collect(Collectors.joining(", "));
        return "--adopt %s: no instance of this name has positions in Kafka; %s. To see them: pickaroon positions list %s"
                .formatted(name, names, who.orders().configuration());
    }

    String lost(String name) {
        return ("this checkpoint is new: it goes on from what instance '%s' has delivered (%s%s). To have everything"
                        + " sent again instead, a first start takes --start-anew; from now on: %s%s")
                .formatted(
                        name,
                        described(name),
                        places(name),
                        run("--once --from-beginning"),
                        mayBeOfAnother(name)
                                ? ". None of its files is here: if another container with this host's name and this"
                                        + " path has it, that one ends now; give each another path or 'instance'"
                                : "");
    }

    String ownPlaces(String name) {
        return "goes on from this checkpoint's own places, as instance '%s'; what others have delivered does not count"
                .formatted(name);
    }

    String adopted(String name) {
        return "goes on as instance '%s', from what it has delivered (%s%s); a run that still uses it can deliver nothing more and ends when it next has something to deliver"
                .formatted(name, described(name), places(name));
    }

    String takenAnew(String name) {
        return "takes instance '%s' and sends everything again; what it had delivered does not count (%s)"
                .formatted(name, described(name));
    }

    String usedNameIsClaimed(String used, Claim claim) {
        return ("instance '%s', which this checkpoint has used so far, was claimed by another one (%s): this one gets"
                        + " a name of its own")
                .formatted(used, described(used, claim));
    }

    String neighbours(String name, List<String> others) {
        return ("sends all that matches, as instance '%s', and so have others done for the same files and rules: %s."
            + " If one of them is this checkpoint's predecessor: pickaroon checkpoint new-instance %s; then %s")
                .formatted(
                        name,
                        others.stream()
                                .limit(MOST_FILES)
                                .map(other -> "'%s' (%s)".formatted(other, described(other)))
                                .collect(Collectors.joining(", ")),
                        quotedPath(),
                        run("--adopt " + others.getFirst()));
    }

    String renamed(String held, String wanted) {
        return "goes by '%s' from now on, and by '%s' no more; positions move along".formatted(wanted, held);
    }

    String adoptIsIgnored(String held, String adopt) {
        return ("--adopt %s has no effect: this checkpoint goes by '%s' already; to take another name: pickaroon"
                        + " checkpoint new-instance %s; then %s")
                .formatted(adopt, held, quotedPath(), run("--adopt " + adopt));
    }

    String startAnewIsIgnored(String held) {
        return "--start-anew has no effect: this checkpoint has begun, as '%s'; to have everything sent again: %s"
                .formatted(held, run("--once --from-beginning"));
    }

    private String described(String name) {
        Optional<Claim> claim = Optional.ofNullable(contents.claims().get(name));
        if (claim.isPresent()) {
            return described(name, claim.get());
        }
        return "positions of %d files that no checkpoint has claimed, last written %s"
                .formatted(contents.positions(name).size(), lastWritten(name));
    }

    private String described(String name, Claim claim) {
        return "'%s' of checkpoint %016x, %s on host %s, %s, last written %s"
                .formatted(
                        name,
                        claim.checkpointId(),
                        claim.path().isEmpty() ? "no file" : claim.path(),
                        claim.host(),
                        Instance.startedText(claim.starts()),
                        lastWritten(name));
    }

    private String lastWritten(String name) {
        return contents.lastWritten(name)
                .map(written -> Age.of(written, who.now()))
                .orElse("at a time that is not known");
    }

    /** Where it stands in files, a line each; those that this start has, too, if there are any. */
    private String files(String name) {
        return shown(name).stream()
                .map(stored -> "\n    " + stored.path() + " up to byte "
                        + stored.position().position().offset())
                .collect(Collectors.joining());
    }

    private String places(String name) {
        List<StoredPosition> shown = shown(name);
        return shown.isEmpty()
                ? ""
                : "; "
                        + shown.stream()
                                .map(stored -> stored.path() + " from byte "
                                        + stored.position().position().offset())
                                .collect(Collectors.joining(", "));
    }

    private List<StoredPosition> shown(String name) {
        Map<FileIdentity, StoredPosition> all = contents.positions(name);
        Map<FileIdentity, StoredPosition> same = who.sameFiles(all);
        return (same.isEmpty() ? all : same)
                .values().stream()
                        .sorted(Comparator.comparing(StoredPosition::deliveredAt)
                                .reversed())
                        .limit(MOST_FILES)
                        .toList();
    }

    private String run(String option) {
        return "pickaroon run %s %s".formatted(who.orders().configuration(), option);
    }

    private String quotedPath() {
        return ByteText.shellWord(who.path());
    }
}
