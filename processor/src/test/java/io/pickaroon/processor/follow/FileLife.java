package io.pickaroon.processor.follow;

import io.pickaroon.processor.RunOfNothing;
import io.pickaroon.processor.TwinEngine.LogOpener;
import io.pickaroon.processor.TwinEngine.TwinMachine;
import io.pickaroon.processor.commit.Committer;
import io.pickaroon.processor.commit.SinkPositions;
import io.pickaroon.processor.delivery.Delivery;
import io.pickaroon.processor.file.FileSighting;
import io.pickaroon.processor.file.LogFile;
import io.pickaroon.processor.input.Discovery;
import io.pickaroon.processor.input.InputScanners;
import io.pickaroon.processor.read.RunResources;
import io.pickaroon.processor.scan.ScannedWindow;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import reactor.core.scheduler.Schedulers;

/** A real file and what is done to it: by its writer, by scans, by the scheduler and by the clock. */
final class FileLife implements LogOpener, AutoCloseable {
    enum Event {
        WRITE_LINE,
        WRITE_PART,
        TRUNCATE,
        ROTATE,
        DELETE,
        SCAN,
        TURN,
        ACKNOWLEDGE,
        SHORT_PAUSE,
        LONG_PAUSE,
        NEW_SESSION,
        CLOSE,
        BREAK,
        PREDECESSOR_READ
    }

    private final Path directory;
    private final Path home;
    private final FileChannel writer;
    private final RunResources parts;
    private final FollowedFile file;
    private final Optional<FollowedFile> earlier;
    private final List<ScannedWindow> emitted = new ArrayList<>();
    private Optional<Path> place;
    private SinkPositions session;
    private long nowNanos;
    private boolean isBroken;

    FileLife(Path directory, boolean hasPredecessor) throws IOException {
        this.directory = directory;
        this.home = directory.resolve("a.log");
        this.place = Optional.of(home);
        writer = FileChannel.open(
                home, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE);
        InputScanners input = RunOfNothing.input(Discovery.of(List.of(home)));
        parts = RunOfNothing.parts(
                new TwinMachine(
                        Schedulers.immediate(), Schedulers.immediate(), Schedulers.immediate(), () -> nowNanos, this),
                input);
        earlier = hasPredecessor ? Optional.of(make(directory.resolve("earlier.log"), input)) : Optional.empty();
        file = make(home, input);
        earlier.ifPresent(file::comesAfter);
        beginSession();
    }

    private FollowedFile make(Path path, InputScanners input) throws IOException {
        if (!Files.exists(path)) {
            Files.createFile(path);
        }
        return new FollowedFile(input, path, FileSighting.at(path).get(), parts);
    }

    private void beginSession() {
        session = SinkPositions.of(Map.of(), parts.positions());
        earlier.ifPresent(before -> before.beginSession(session));
        file.beginSession(session);
    }

    FileState state() {
        file.observe();
        return file.state(nowNanos);
    }

    /** What the scheduler does with it in a session, and without one. */
    String step() {
        return file.next(nowNanos) + " / " + file.nextWithoutSession(nowNanos);
    }

    void happens(Event event) {
        try {
            change(event);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void change(Event event) throws IOException {
        switch (event) {
            case WRITE_LINE -> write("line\n");
            case WRITE_PART -> write("line");
            case TRUNCATE -> writer.truncate(0).position(0);
            case ROTATE -> {
                Path rotated = directory.resolve("a.log.1");
                if (place.equals(Optional.of(home))) {
                    Files.move(home, rotated);
                    place = Optional.of(rotated);
                }
                scan();
            }
            case DELETE -> {
                if (place.isPresent()) {
                    Files.delete(place.get());
                    place = Optional.empty();
                }
                scan();
            }
            case SCAN -> scan();
            case TURN -> turn(file);
            case ACKNOWLEDGE -> acknowledge();
            case SHORT_PAUSE -> nowNanos += Duration.ofSeconds(11).toNanos();
            case LONG_PAUSE -> nowNanos += Duration.ofMinutes(6).toNanos();
            case NEW_SESSION -> beginSession();
            case CLOSE -> file.close();
            case BREAK -> isBroken = !isBroken;
            case PREDECESSOR_READ -> earlier.ifPresent(this::turn);
        }
    }

    private void write(String text) throws IOException {
        writer.write(StandardCharsets.UTF_8.encode(text), writer.size());
    }

    private void scan() throws IOException {
        if (place.isPresent()) {
            boolean isRotated = !place.get().equals(home);
            file.foundAt(FileSighting.at(place.get()).get(), isRotated, false, session);
        } else {
            file.markMissing();
        }
    }

    private void turn(FollowedFile turning) {
        if (!turning.isExpired()) {
            emitted.addAll(turning.turn(session).collectList().block());
        }
    }

    private void acknowledge() {
        emitted.forEach(window -> parts.commits()
                .queue(c -> c.accept(Delivery.alreadyDelivered(window, window.end(), false)))
                .block());
        emitted.clear();
        parts.commits().queue(Committer::commit).block();
    }

    @Override
    public LogFile open(Path path, boolean forFixes) throws IOException {
        if (isBroken) {
            throw new IOException("broken");
        }
        return LogFile.open(path);
    }

    @Override
    public Optional<FileSighting> look(Path path) throws IOException {
        return FileSighting.at(path);
    }

    @Override
    public void close() throws IOException {
        parts.files().closeAll();
        writer.close();
        if (place.isPresent()) {
            Files.delete(place.get());
        }
    }
}
