package io.pickaroon.connectors.kafka.claim;

import io.pickaroon.processor.delivery.Instance;
import io.pickaroon.processor.directio.ByteText;
import io.pickaroon.processor.file.FileIdentity;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Parts that messages about claims share: who holds a name, how far it is in which files, and commands. Immutable. */
final class ClaimWords {
    private static final int MOST_FILES = 5;

    private final Claimant who;
    private final TopicContents contents;

    ClaimWords(Claimant who, TopicContents contents) {
        this.who = who;
        this.contents = contents;
    }

    String described(String name) {
        Optional<Claim> claim = Optional.ofNullable(contents.claims().get(name));
        if (claim.isPresent()) {
            return described(name, claim.get());
        }
        return "positions of %d files that no checkpoint has claimed, last written %s"
                .formatted(contents.positions(name).size(), lastWritten(name));
    }

    String described(String name, Claim claim) {
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

    /** How far a name is in its files, a line each; only files that this start also reads, if there are any. */
    String files(String name) {
        return shown(name).stream()
                .map(stored -> "\n    " + stored.path() + " up to byte "
                        + stored.position().position().offset())
                .collect(Collectors.joining());
    }

    String places(String name) {
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

    String run(String option) {
        return "pickaroon run %s %s".formatted(who.orders().configuration(), option);
    }

    String quotedPath() {
        return ByteText.shellWord(who.home().path());
    }
}
