package io.pickaroon.connectors.kafka.claim;

import io.pickaroon.processor.directio.ByteText;
import io.pickaroon.processor.file.FileIdentity;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * What a start tells the user about the name under which it continues. {@link ClaimRefusals} has what ends a start.
 * Immutable.
 */
final class ClaimAnnouncements {
    private static final int MOST_NEIGHBOURS = 5;
    private static final Duration RECENT = Duration.ofMinutes(10);

    private final Claimant who;
    private final TopicContents contents;
    private final ClaimWords words;

    ClaimAnnouncements(Claimant who, TopicContents contents) {
        this.who = who;
        this.contents = contents;
        this.words = new ClaimWords(who, contents);
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

    String lost(String name) {
        return ("this checkpoint is new: it goes on from what instance '%s' has delivered (%s%s). To send everything"
                        + " again instead, the first start needs --start-anew; later: %s%s")
                .formatted(
                        name,
                        words.described(name),
                        words.places(name),
                        words.run("--once --from-beginning"),
                        mayBeOfAnother(name)
                                ? ". None of its files is here: if another container with this host's name and this"
                                        + " path has it, that one ends now; give each its own path or 'instance'"
                                : "");
    }

    /**
     * Whether a name was written to a moment ago for files that are not here: two containers may share host name and
     * path.
     */
    private boolean mayBeOfAnother(String name) {
        Map<FileIdentity, StoredPosition> positions = contents.positions(name);
        boolean recent = contents.lastWritten(name)
                .filter(written -> written.isAfter(who.now().minus(RECENT)))
                .isPresent();
        return recent
                && !positions.isEmpty()
                && positions.keySet().stream().noneMatch(file -> who.files().containsKey(file.ofGeneration(0)));
    }

    String ownPlaces(String name) {
        return "goes on from this checkpoint's own places, as instance '%s'; what others have delivered does not count"
                .formatted(name);
    }

    String unknownHere(String held) {
        return ("Kafka knows nothing of instance '%s', as which this checkpoint has delivered: these are other brokers"
                        + " than before, or its positions were removed. It goes on from its own places and sends"
                        + " nothing of what is before them; to send that too: %s")
                .formatted(held, words.run("--once --from-beginning"));
    }

    String adopted(String name) {
        return "goes on as instance '%s', from what it has delivered (%s%s); a run that still uses it can deliver nothing more and ends when it next has something to deliver"
                .formatted(name, words.described(name), words.places(name));
    }

    String takenAnew(String name) {
        return "takes instance '%s' and sends everything again; what it had delivered does not count (%s)"
                .formatted(name, words.described(name));
    }

    String usedNameIsClaimed(String used, Claim claim) {
        return ("instance '%s', which this checkpoint has used so far, was claimed by another one (%s); this one gets"
                        + " a name of its own")
                .formatted(used, words.described(used, claim));
    }

    String neighbours(String name, List<String> others) {
        return ("sends all that matches, as instance '%s', and so have others done for the same files and rules: %s."
            + " If one of them is this checkpoint's predecessor: pickaroon checkpoint new-instance %s; then %s")
                .formatted(
                        name,
                        others.stream()
                                .limit(MOST_NEIGHBOURS)
                                .map(other -> "'%s' (%s)".formatted(other, words.described(other)))
                                .collect(Collectors.joining(", ")),
                        words.quotedPath(),
                        words.run("--adopt " + others.getFirst()));
    }

    String renamed(String held, String wanted) {
        return "the instance is '%s' from now on, no longer '%s'; the positions move with it".formatted(wanted, held);
    }

    String mayBeACopy(String name, Claim claim) {
        return ("this checkpoint goes on as instance '%s', and at its path of before, %s, there is a file, too: if one"
            + " is a copy of the other, that one can deliver nothing more, and ends with 4 when it is started again;"
            + " to give it a name of its own: pickaroon checkpoint new-instance %s")
                .formatted(name, claim.path(), ByteText.shellWord(claim.path()));
    }

    String adoptIsIgnored(String held, String adopt) {
        return ("--adopt %s has no effect: this checkpoint is already instance '%s'; to take another name: pickaroon"
                        + " checkpoint new-instance %s; then %s")
                .formatted(adopt, held, words.quotedPath(), words.run("--adopt " + adopt));
    }

    String startAnewIsIgnored(String held) {
        return "--start-anew has no effect: this checkpoint has already started as instance '%s'; to send everything again: %s"
                .formatted(held, words.run("--once --from-beginning"));
    }
}
