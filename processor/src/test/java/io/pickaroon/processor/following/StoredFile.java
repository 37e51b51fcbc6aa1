package io.pickaroon.processor.following;

import io.pickaroon.processor.following.Action.Mode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** A file that an application made, from then on until it is deleted, with all that was ever in it. */
final class StoredFile {
    private final int number;
    private final int application;
    private final Encoding encoding;
    private final List<Generation> generations = new ArrayList<>(List.of(new Generation()));
    /** Where it is; empty when it was deleted. */
    private Optional<Path> path;

    private final Set<Integer> earlierSizes = new HashSet<>();
    private Optional<Path> link = Optional.empty();
    private boolean wasLinked;
    private boolean isHome = true;
    private boolean hasNameOfInput = true;
    /** The daemon has delivered something of it, and knows it whatever its name. */
    private boolean isKnown;

    private int completeBytesWhenFollowed;

    StoredFile(int number, int application, Encoding encoding, String path) {
        this.number = number;
        this.application = application;
        this.encoding = encoding;
        this.path = Optional.of(Path.of(path));
    }

    int number() {
        return number;
    }

    int application() {
        return application;
    }

    List<Generation> generations() {
        return generations;
    }

    Generation current() {
        return generations.getLast();
    }

    Optional<Path> path() {
        return path;
    }

    Optional<Path> link() {
        return link;
    }

    boolean wasLinked() {
        return wasLinked;
    }

    boolean isKnown() {
        return isKnown;
    }

    boolean isDeleted() {
        return path.isEmpty() && link.isEmpty();
    }

    /** Whether the application's name leads to it. */
    boolean isHome() {
        return isHome;
    }

    int completeBytesWhenFollowed() {
        return completeBytesWhenFollowed;
    }

    /** Size of the file when that is written to it, too. */
    private int storedBytes(String more) {
        return encoding.stored(current().text() + more, true).length;
    }

    /**
     * Whether it had the size, before it was truncated, that it has when this is written to it: if it has it again, and the
     * kernel's news is lost, nothing tells of that.
     */
    boolean hadSizeWith(String more) {
        return earlierSizes.contains(storedBytes(more));
    }

    void wrote() {
        earlierSizes.add(storedBytes(""));
    }

    void truncated(int daemon) {
        generations.forEach(generation -> generation.mayBeOvergrown(current().size()));
        current().ended(daemon, 0);
        generations.add(new Generation());
    }

    void renamed(Path to, boolean toNameOfInput) {
        isHome = false;
        hasNameOfInput = toNameOfInput;
        path = Optional.of(to);
        completeBytesWhenFollowed = current().completeBytes();
    }

    void linked(Path to) {
        link = Optional.of(to);
        wasLinked = true;
    }

    void unlinked(int daemon, boolean isHeldOpen) {
        link = Optional.empty();
        endIfDeleted(daemon, isHeldOpen);
    }

    void deleted(int daemon, boolean isHeldOpen) {
        path = Optional.empty();
        isHome = false;
        endIfDeleted(daemon, isHeldOpen);
    }

    private void endIfDeleted(int daemon, boolean isHeldOpen) {
        if (isDeleted()) {
            current().ended(daemon, isHeldOpen ? current().size() : 0);
        }
    }

    /** A pause begins, in which a daemon may scan directories. */
    void pauses(int daemon) {
        generations.forEach(generation -> generation.pauses(daemon));
    }

    /** A daemon has scanned directories since the pause began: it finds the file again, and knows its size. */
    void noticed() {
        isKnown |= isHome && isFindable();
        if (isKnown && !isDeleted() && !encoding.isDecoded()) {
            generations.getLast().noticed();
            long size = current().size();
            generations.forEach(generation -> generation.endNoticed(size));
        }
    }

    private boolean isFindable() {
        return !isDeleted() && (isKnown || hasNameOfInput && path.isPresent() || link.isPresent());
    }

    private int dueBytes() {
        boolean isSureToBeRotated = !isHome && !wasLinked && isKnown;
        return isSureToBeRotated ? current().size() : current().completeBytes();
    }

    void requireDelivered() {
        if (isFindable()) {
            current().requireDelivered(dueBytes(), this);
        }
        requireOwed();
    }

    void requireOwed() {
        generations.forEach(generation -> generation.requireOwed(this));
    }

    void requireContent(List<Mode> modes) throws IOException {
        if (!isDeleted()) {
            String found = encoding.read(Files.readAllBytes(path.or(() -> link).get()));
            current().requireContent(found, !isHome, isFindable() && isKnown && !wasLinked, fileModes(modes), this);
        }
    }

    /** What is decoded is never changed. */
    private List<Mode> fileModes(List<Mode> modes) {
        return encoding.isDecoded() ? modes.stream().map(_ -> Mode.LEAVE).toList() : modes;
    }

    /** Most bytes of it that a daemon may report as lost; of what it never opened it knows only what is stored. */
    long mostLost(int daemon, boolean hasAsked) {
        long most = 0;
        for (Generation generation : generations) {
            long lost = generation.mostLost(daemon, hasAsked);
            most += lost > 0 && encoding.isDecoded()
                    ? Math.max(lost, encoding.stored(generation.text(), true).length)
                    : lost;
        }
        return most;
    }

    /** Least bytes of it that a daemon must report as lost. */
    long leastLost(int daemon) {
        long least = 0;
        long leastOfOne = 0;
        int takenForRead = 0;
        for (Generation generation : generations) {
            boolean isKnown = takenForRead == 0 || generation.isRead();
            least += isKnown ? leastOfOne : 0;
            leastOfOne = Math.max(isKnown ? 0 : leastOfOne, generation.leastLost(daemon, takenForRead));
            takenForRead = generation.takenForRead(takenForRead);
        }
        return least + leastOfOne;
    }

    void settled(int daemon, List<Mode> modes) {
        boolean isSure = isFindable() && isKnown && !wasLinked;
        current().secretsSettled(!isHome, isSure, fileModes(modes));
        generations.forEach(generation -> generation.settled(daemon));
        generations.forEach(Generation::forgive);
        isKnown |= isHome && isFindable();
    }

    @Override
    public String toString() {
        return "file " + number + " of application " + application + ", now " + path
                + link.map(at -> " and " + at).orElse("");
    }
}
