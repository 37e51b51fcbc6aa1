package io.pickaroon.connectors.kafka.claim;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Why a start is refused: what the topic has, and the commands that lead out. {@link ClaimAnnouncements} has what a
 * start says that continues. Immutable.
 */
final class ClaimRefusals {
    private static final String NEXT = "\n  ";

    private final Claimant who;
    private final TopicContents contents;
    private final ClaimWords words;

    ClaimRefusals(Claimant who, TopicContents contents) {
        this.who = who;
        this.contents = contents;
        this.words = new ClaimWords(who, contents);
    }

    String copied(String name, Claim claim) {
        String what = claim.isOfStartOf(who.instance())
                ? "has gone on delivering since this checkpoint was written"
                : "was started elsewhere with a copy of this checkpoint";
        return ("instance '%s' %s: it was copied, perhaps with an image of a machine, or restored from a backup."
                        + " Nothing was read or sent." + NEXT
                        + "there is: %s%s"
                        + NEXT
                        + "to go on here as '%s' and stop the other one: %s" + NEXT
                        + "to go on here on its own, from this checkpoint's places; what was delivered after them is"
                        + " sent again: pickaroon checkpoint new-instance %s")
                .formatted(
                        name,
                        what,
                        words.described(name, claim),
                        words.files(name),
                        name,
                        words.run("--adopt " + name),
                        words.quotedPath());
    }

    String takenAway(String name, Claim claim) {
        return ("instance '%s' was taken over by another checkpoint, and this one held it before. Nothing was read or"
                        + " sent."
                        + NEXT + "there is: %s%s" + NEXT + "to take it back and stop the other one: %s" + NEXT
                        + "to go on here on its own, from this checkpoint's places; what was delivered after them is"
                        + " sent again: pickaroon checkpoint new-instance %s")
                .formatted(
                        name,
                        words.described(name, claim),
                        words.files(name),
                        words.run("--adopt " + name),
                        words.quotedPath());
    }

    String adoptedTwice(String name, Claim claim) {
        return ("instance '%s' was taken over by another checkpoint after this one had taken it with --adopt %s."
            + " --adopt counts once, also in a unit file, or the two would take turns. Nothing was read or sent."
                        + NEXT + "there is: %s" + NEXT + "to take it back: start once without --adopt, then again: %s"
                        + NEXT + "to leave it to the other one: remove --adopt, and do not start this one")
                .formatted(name, name, words.described(name, claim), words.run("--adopt " + name));
    }

    String adoptedBefore(String name) {
        return ("--adopt %s: this checkpoint had taken that instance before it was made one of its own. --adopt counts"
                        + " once, also in a unit file. Nothing was read or sent."
                        + NEXT + "to go on here on its own, from this checkpoint's places: remove --adopt" + NEXT
                        + "to take the instance again: pickaroon checkpoint new-instance %s; then %s")
                .formatted(name, words.quotedPath(), words.run("--adopt " + name));
    }

    String claimed(String name, Claim claim) {
        return ("instance '%s' is in use by another checkpoint, and this one has never held it. Nothing was read or"
                        + " sent."
                        + NEXT + "there is: %s%s" + NEXT + "to go on from there and stop the other one: %s" + NEXT
                        + "to send everything again under this name and stop the other one: %s" + NEXT
                        + "to run beside it: set another 'instance' in this configuration, or none")
                .formatted(
                        name,
                        words.described(name, claim),
                        words.files(name),
                        words.run("--adopt " + name),
                        words.run("--start-anew"));
    }

    String lostWithOtherRules(String name) {
        Optional<Claim> claim = contents.claim(name);
        return ("this checkpoint is new under this name, and Kafka has positions %s, but for other rules: none of"
                        + " the present rules has seen what they have passed. Nothing was read or"
                        + " sent." + NEXT + "there is: %s%s" + NEXT
                        + "to go on from there: %s" + NEXT + "to send everything again: %s")
                .formatted(
                        claim.isPresent() ? "of one that was here before" : "under its name",
                        words.described(name),
                        words.files(name),
                        words.run("--adopt " + name),
                        words.run("--start-anew"));
    }

    String moved(List<String> names) {
        return "this checkpoint is new, and another one of this host had delivered the same files for the same rules;"
                + " it is no longer where it was: perhaps moved or lost" + oneOf(names);
    }

    String severalWereHere(List<String> names) {
        return "this checkpoint is new, and several others have been at its path on a host of this name: on this one"
                + " and a clone of it, perhaps, which may still run" + oneOf(names);
    }

    private String oneOf(List<String> names) {
        String there = names.stream()
                .map(name -> NEXT + "there is: " + words.described(name) + words.files(name))
                .collect(Collectors.joining());
        String adopt = names.stream()
                .map(name -> NEXT + "to go on from '" + name + "': " + words.run("--adopt " + name))
                .collect(Collectors.joining());
        return ". Nothing was read or sent." + there + adopt + NEXT + "to send everything again: "
                + words.run("--start-anew");
    }

    String newNameIsClaimed(String held, String wanted, Claim claim) {
        return ("this checkpoint is instance '%s' so far, and the configured 'instance', now '%s', is in use by another"
                        + " one. Nothing was read or sent." + NEXT + "there is: %s%s" + NEXT
                        + "to go on as before: remove 'instance', or set another" + NEXT
                        + "to go on from there, which stops the other one: pickaroon checkpoint new-instance %s; then"
                        + " %s")
                .formatted(
                        held,
                        wanted,
                        words.described(wanted, claim),
                        words.files(wanted),
                        words.quotedPath(),
                        words.run("--adopt " + wanted));
    }

    String newNameHasPositions(String held, String wanted) {
        return ("this checkpoint is instance '%s' so far, and under the configured 'instance', now '%s', there are"
            + " positions that no checkpoint has claimed: of a version without claims, which may still run. Nothing"
            + " was read or sent." + NEXT + "there is: %s%s" + NEXT
                        + "to go on as before: remove 'instance', or set another" + NEXT
                        + "to remove what is there: pickaroon positions forget %s %s --yes")
                .formatted(
                        held,
                        wanted,
                        words.described(wanted),
                        words.files(wanted),
                        who.orders().configuration(),
                        wanted);
    }

    String givenNameHasPositions(String name) {
        return ("the configured 'instance', '%s', has positions that no checkpoint has claimed: of a version without"
                        + " claims, which may still run; and this checkpoint has places of its own. Nothing was read or"
                        + " sent." + NEXT + "there is: %s%s" + NEXT
                        + "to go on from this checkpoint's places: set another 'instance', or none" + NEXT
                        + "to go on from there: %s" + NEXT + "to send everything again: %s")
                .formatted(
                        name,
                        words.described(name),
                        words.files(name),
                        words.run("--adopt " + name),
                        words.run("--start-anew"));
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
}
