package io.pickaroon.processor.following;

import io.pickaroon.processor.file.FileIdentity;
import io.pickaroon.processor.file.NameChange;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;

/**
 * An application that writes tokens to the file that it holds open, and whoever rotates that. The name of the third one is
 * a symbolic link, and rotating it is to have it lead to another file. What happens is told to {@link Truth}.
 */
final class Application {
    private static final int LINKED = 2;

    private final int number;
    private final Encoding encoding;
    private final Path name;
    private final LogDirectory directory;
    private final Truth truth;
    private final Map<StoredFile, FileIdentity> identities = new HashMap<>();
    /** Those that are deleted, and whose inode is still used. */
    private final List<StoredFile> zombies = new ArrayList<>();

    private Optional<StoredFile> atName = Optional.empty();
    private Optional<StoredFile> held = Optional.empty();
    private FileChannel channel;
    private int rotations;

    Application(int number, Encoding encoding, LogDirectory directory, Truth truth) throws IOException {
        this.number = number;
        this.encoding = encoding;
        this.directory = directory;
        this.truth = truth;
        this.name = directory.path((char) ('a' + number) + ".log");
        if (isLinked()) {
            Files.createSymbolicLink(name, target());
        }
    }

    private boolean isLinked() {
        return number == LINKED;
    }

    private Path target() {
        return isLinked() ? directory.linked("c-" + rotations) : name;
    }

    void write(Action.Write action, SplittableRandom random, int daemon) throws IOException {
        open();
        StoredFile file = held.get();
        Generation generation = file.current();
        if (!file.isHome()) {
            generation.mayBeCutHere();
        }
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < action.tokens(); i++) {
            int offset = generation.size() + text.length();
            int token = truth.nextToken();
            truth.wrote(file, token, offset);
            // Where the first line ends tells generations apart, however short they are.
            int filler = offset == 0 ? 3 * file.generations().size() : random.nextInt(12);
            String character = encoding.filler(offset == 0 ? 0 : token % 4);
            text.append("t%06d".formatted(token)).repeat(character, filler);
            if (action.secret() && random.nextBoolean()) {
                generation.secretAt(generation.size() + text.length() + 1, daemon);
                text.append('=').append(1_000 + random.nextInt(9_000));
            }
            boolean endsRecord = i == action.tokens() - 1 ? action.endsRecord() : offset == 0 || random.nextInt(4) == 0;
            text.append(endsRecord ? '\n' : ' ');
        }
        while (file.hadSizeWith(text.toString())) {
            text.insert(text.length() - 1, 'x');
        }
        byte[] stored = encoding.stored(text.toString(), generation.size() == 0);
        generation.append(text.toString());
        file.wrote();
        channel.write(ByteBuffer.wrap(stored));
        if (file.isDeleted() && isKeptOpen(file)) {
            generation.owe(generation.size());
        }
        directory.written(file.path().orElse(name));
    }

    private void open() throws IOException {
        if (channel != null) {
            return;
        }
        freeInodes();
        channel = FileChannel.open(name, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        if (atName.isEmpty()) {
            created();
        }
        held = atName;
    }

    private void created() throws IOException {
        StoredFile created = truth.created(number, encoding, target().toString());
        identities.put(created, directory.identityOf(name));
        atName = Optional.of(created);
        directory.namesChanged(new NameChange.Created(name));
    }

    private void freeInodes() {
        zombies.removeIf(file -> {
            boolean isFree = !isHeldOpen(file) && !held.equals(Optional.of(file));
            if (isFree) {
                directory.freed(identities.get(file));
            }
            return isFree;
        });
    }

    private boolean isHeldOpen(StoredFile file) {
        return directory.isOpen(identities.get(file));
    }

    private boolean isKeptOpen(StoredFile file) {
        return directory.isKeptOpen(identities.get(file));
    }

    void reopen() throws IOException {
        if (channel != null) {
            channel.close();
            channel = null;
            held = Optional.empty();
        }
    }

    void rename(boolean toNameOfInput) throws IOException {
        if (atName.isEmpty()) {
            return;
        }
        StoredFile file = atName.get();
        rotations++;
        if (isLinked()) {
            Path next = directory.path("next");
            Files.createFile(target());
            Files.createSymbolicLink(next, target());
            Files.move(next, name, StandardCopyOption.REPLACE_EXISTING);
            file.renamed(file.path().get(), false);
            created();
            return;
        }
        Path to = Path.of(name + (toNameOfInput ? "." + rotations + ".log" : "." + rotations));
        Files.move(name, to);
        file.renamed(to, toNameOfInput);
        atName = Optional.empty();
        directory.namesChanged(new NameChange.Renamed(name, to));
    }

    void truncate(boolean copies, int daemon) throws IOException {
        if (atName.isEmpty()) {
            return;
        }
        if (copies) {
            Files.copy(name, directory.path("copy-" + number), StandardCopyOption.REPLACE_EXISTING);
            directory.namesChanged(new NameChange.Created(directory.path("copy-" + number)));
        }
        try (FileChannel file = FileChannel.open(name, StandardOpenOption.WRITE)) {
            file.truncate(0);
        }
        atName.get().truncated(daemon);
        directory.written(name);
    }

    void delete(int daemon) throws IOException {
        if (atName.isPresent() && !isLinked()) {
            Files.delete(name);
            gone(atName.get(), daemon);
            atName = Optional.empty();
        }
    }

    /** The oldest file that was renamed is replaced by a compressed copy. */
    void compress(int daemon) throws IOException {
        for (StoredFile file : truth.files()) {
            boolean isRotated = file.application() == number
                    && !file.isHome()
                    && file.path().isPresent();
            if (isRotated) {
                Path path = file.path().get();
                Files.write(Path.of(path + ".gz"), new byte[] {31, (byte) 139, 8, 0});
                Files.delete(path);
                directory.namesChanged(new NameChange.Removed(path));
                gone(file, daemon);
                return;
            }
        }
    }

    private void gone(StoredFile file, int daemon) {
        file.deleted(daemon, isKeptOpen(file));
        if (file.isDeleted()) {
            zombies.add(file);
        }
    }

    /** Its file gets another name, or one that has it loses that. */
    void link(int daemon) throws IOException {
        Path second = directory.path("second-" + number + ".log");
        Optional<StoredFile> linked = truth.files().stream()
                .filter(file -> file.link().equals(Optional.of(second)))
                .findFirst();
        if (linked.isPresent()) {
            Files.delete(second);
            directory.namesChanged(new NameChange.Removed(second));
            linked.get().unlinked(daemon, isKeptOpen(linked.get()));
            if (linked.get().isDeleted()) {
                zombies.add(linked.get());
            }
        } else if (atName.isPresent() && !isLinked()) {
            Files.createLink(second, name);
            atName.get().linked(second);
            directory.namesChanged(new NameChange.Created(second));
        }
    }
}
