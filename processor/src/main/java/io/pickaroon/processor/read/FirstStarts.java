package io.pickaroon.processor.read;

import io.pickaroon.processor.decode.DecodedFile;
import io.pickaroon.processor.file.FileIdentity;
import io.pickaroon.processor.file.FileSighting;
import io.pickaroon.processor.file.LogFile;
import io.pickaroon.processor.file.Position;
import io.pickaroon.processor.input.InputScanners;
import io.pickaroon.processor.input.LogInput;
import io.pickaroon.processor.time.TimedRecords;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Mono;

/**
 * Takes note of inputs that are started for the first time of all, before the sink is used. Of an input that is
 * to start at the end, the files that are there now are noted at their present size, in the same commit as the start itself:
 * a crash leaves both or none. A file that is found later, by this run or another one, is read from its beginning.
 */
public record FirstStarts(List<InputScanners> inputs, RunResources resources) {
    private static final Logger LOG = LoggerFactory.getLogger(FirstStarts.class);
    private static final long DECODED_STEP_BYTES = 1 << 20;

    /** Completes when all of it is durable. */
    public Mono<Void> note() {
        return Mono.defer(this::noteNow).subscribeOn(resources.scan());
    }

    private Mono<Void> noteNow() {
        Map<String, Instant> started = new LinkedHashMap<>();
        Set<String> skipping = new HashSet<>();
        Instant now = resources.machine().clock().instant();
        for (InputScanners scanners : inputs) {
            LogInput input = scanners.input();
            if (!resources.positions().inputStarts().containsKey(input.id())) {
                started.put(input.id(), now);
                if (input.startAtEnd() && !resources.positions().mayHaveStartedUnnoted(input)) {
                    skipping.add(input.id());
                }
            }
        }
        if (started.isEmpty()) {
            return Mono.empty();
        }
        Map<FileSighting, Position> ends = skipping.isEmpty() ? Map.of() : ends(skipping);
        return resources.commits().queue(c -> c.start(started, ends));
    }

    /** A file that several inputs have belongs to the first one. */
    private Map<FileSighting, Position> ends(Set<String> skipping) {
        Map<FileSighting, Position> ends = new LinkedHashMap<>();
        Set<FileIdentity> owned = new HashSet<>();
        for (InputScanners scanners : inputs) {
            LogInput input = scanners.input();
            long bytes = 0;
            int files = 0;
            for (Path path : find(input)) {
                Optional<FileSighting> sighting = look(path);
                if (sighting.isPresent()
                        && owned.add(sighting.get().identity())
                        && skipping.contains(input.id())
                        && !resources.positions().knows(sighting.get().identity())) {
                    FileSighting end = withSizeOfContent(sighting.get(), input);
                    Position start = startOf(end, input);
                    ends.put(end, start);
                    files++;
                    bytes += start.offset();
                }
            }
            if (skipping.contains(input.id())) {
                say(input, files, bytes);
            }
        }
        return ends;
    }

    /** At the end of the file, unless the input has a time to start at. */
    private Position startOf(FileSighting file, LogInput input) {
        Position end = new Position(file.sizeBytes(), file.sizeBytes() == 0);
        Optional<TimedRecords> startAt = input.reading().startAt();
        if (startAt.isEmpty()) {
            return end;
        }
        try (LogFile opened = resources.machine().open(file.path(), false)) {
            if (DecodedFile.of(opened, input.reading().decoded()).isPresent()) {
                LOG.warn(
                        "{}: its content is decoded, so no time is searched for in it: it is read from its start",
                        opened);
                return Position.START;
            }
            OptionalLong first = startAt.get().firstOf(opened, input.plan().format());
            if (first.isEmpty() && file.sizeBytes() > 0) {
                LOG.warn(
                        "{}: no record that was looked at has a time as 'time' of input {} reads it: the file is read"
                                + " from its start",
                        opened,
                        input.id());
            }
            return new Position(first.orElse(0), true);
        } catch (IOException e) {
            LOG.warn("{}; it is read from its start", e.getMessage());
            return Position.START;
        }
    }

    private void say(LogInput input, int files, long bytes) {
        if (input.reading().startAt().isPresent()) {
            LOG.info(
                    "input {} is started for the first time, at a time: {} bytes of earlier records in {} are skipped;"
                            + " what lies between the places that were looked at is trusted to be in order of time",
                    input.id(),
                    bytes,
                    files == 1 ? "1 file" : files + " files");
            return;
        }
        // A program that follows files without a checkpoint has chosen to.
        if (resources.positions().isRemembered() || !resources.settings().once()) {
            LOG.info(
                    "input {} is started for the first time, at the end: {} bytes in {} that are there now are"
                            + " skipped; whatever comes later is read",
                    input.id(),
                    bytes,
                    files == 1 ? "1 file" : files + " files");
        } else {
            LOG.warn(
                    "input {}: 'start: end' skips {} bytes in {}, at every start: without a checkpoint each is"
                            + " the first one; add 'checkpoint: { path: .. }' to the configuration",
                    input.id(),
                    bytes,
                    files == 1 ? "1 file" : files + " files");
        }
    }

    private static List<Path> find(LogInput input) {
        try {
            return input.files().find().files();
        } catch (IOException e) {
            LOG.warn(
                    "input {}: {}; what is there is read from its beginning when it is found",
                    input.id(),
                    e.getMessage());
            return List.of();
        }
    }

    private Optional<FileSighting> look(Path path) {
        try {
            return resources.machine().look(path);
        } catch (IOException notForUs) {
            return Optional.empty();
        }
    }

    private FileSighting withSizeOfContent(FileSighting file, LogInput input) {
        long sizeBytes = resources.settings().once()
                ? sizeOfDecoded(file, input)
                : new FollowedContent(input, resources.machine())
                        .sizeBytes(file.path(), file.identity(), file.sizeBytes());
        return new FileSighting(file.path(), file.identity(), sizeBytes);
    }

    /** An archive has to be decoded for that. One that is damaged is taken to be as long as it can be decoded. */
    private long sizeOfDecoded(FileSighting file, LogInput input) {
        if (input.reading().decoded().isEmpty()) {
            return file.sizeBytes();
        }
        try (LogFile opened = resources.machine().open(file.path(), false)) {
            Optional<DecodedFile> decoded =
                    DecodedFile.of(opened, input.reading().decoded());
            if (decoded.isEmpty() || !opened.identity().isSameInode(file.identity())) {
                return file.sizeBytes();
            }
            try {
                long before;
                do {
                    before = decoded.get().sizeBytes();
                    decoded.get().decodeTo(before + DECODED_STEP_BYTES, before);
                } while (decoded.get().sizeBytes() > before);
            } catch (IOException damaged) {
                return decoded.get().sizeBytes();
            }
            return decoded.get().sizeBytes();
        } catch (IOException cannotBeRead) {
            return file.sizeBytes();
        }
    }
}
