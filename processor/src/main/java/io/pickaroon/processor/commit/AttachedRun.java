package io.pickaroon.processor.commit;

import io.pickaroon.processor.checkpoint.CheckpointFile;
import io.pickaroon.processor.delivery.DeliveredPosition;
import io.pickaroon.processor.delivery.DeliveringRun;
import io.pickaroon.processor.delivery.HostName;
import io.pickaroon.processor.delivery.Instance;
import io.pickaroon.processor.delivery.Instance.Standing;
import io.pickaroon.processor.file.FileIdentity;
import io.pickaroon.processor.host.Machine;
import io.pickaroon.processor.input.InputScanners;
import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;

/**
 * A run as its destination sees it. What it changes is changed on the committer's thread, and durable when the call returns; without a checkpoint the instance is kept in memory, and its name ends with the run.
 */
public final class AttachedRun implements DeliveringRun {
    private final Optional<CheckpointFile> checkpoint;
    private final List<InputScanners> inputs;
    private final CommittedPositions committed;
    private final Machine machine;
    private final CommitQueue commits;
    private final BooleanSupplier waitsForRoom;
    private volatile Instance passing;

    public AttachedRun(
            Optional<CheckpointFile> checkpoint,
            List<InputScanners> inputs,
            CommittedPositions committed,
            Machine machine,
            CommitQueue commits,
            BooleanSupplier waitsForRoom) {
        this.checkpoint = checkpoint;
        this.inputs = inputs;
        this.committed = committed;
        this.machine = machine;
        this.commits = commits;
        this.waitsForRoom = waitsForRoom;
    }

    @Override
    public Instance instance() {
        return checkpoint.map(CheckpointFile::instance).orElseGet(this::passing);
    }

    private synchronized Instance passing() {
        if (passing == null) {
            passing = Instance.fresh(hostName(), Standing.PASSING, new SecureRandom());
        }
        return passing;
    }

    @Override
    public void keep(Instance next) throws IOException, InterruptedException {
        if (checkpoint.isPresent()) {
            commits.keep(next);
        } else {
            passing = next;
        }
    }

    @Override
    public boolean hasPendingResets() {
        return checkpoint.map(c -> c.current().hasPendingResets()).orElse(false);
    }

    @Override
    public int highestResets() {
        return checkpoint.map(c -> c.current().highestResets()).orElse(0);
    }

    @Override
    public int resets(FileIdentity file) {
        return committed.resets(file);
    }

    @Override
    public void numberResets(int number) throws IOException, InterruptedException {
        commits.change(c -> c.progress().numberResets(number));
    }

    @Override
    public void startAnew(int number) throws IOException, InterruptedException {
        commits.change(c -> c.progress().startAnew(number));
    }

    @Override
    public Set<String> rules() {
        return inputs.stream()
                .flatMap(input -> input.first().fingerprints().stream())
                .collect(Collectors.toUnmodifiableSet());
    }

    @Override
    public Map<FileIdentity, KnownFile> files() throws IOException {
        Map<FileIdentity, KnownFile> files = new HashMap<>();
        for (InputScanners input : inputs) {
            for (Path path : input.input().files().find().files()) {
                machine.look(path).ifPresent(seen -> {
                    FileIdentity inode = seen.identity();
                    FileIdentity latest = inode.ofGeneration(committed.generation(inode));
                    files.merge(latest, known(latest, input), AttachedRun::ofBoth);
                });
            }
        }
        return files;
    }

    @Override
    public Map<FileIdentity, Place> places() {
        Map<FileIdentity, Place> places = new HashMap<>();
        committed.entries().forEach((file, entry) -> {
            Set<String> rules = inputs.stream()
                    .filter(input -> input.input().files().covers(entry.path()))
                    .flatMap(input -> input.first().fingerprints().stream())
                    .collect(Collectors.toUnmodifiableSet());
            if (!rules.isEmpty()) {
                long rulesSince = entry.position().offset();
                places.put(
                        file,
                        new Place(
                                entry.path(),
                                new DeliveredPosition(
                                        entry.position(),
                                        rules,
                                        rulesSince,
                                        entry.content().lineEnds(),
                                        entry.reset().number())));
            }
        });
        return places;
    }

    private KnownFile known(FileIdentity file, InputScanners input) {
        OptionalLong checkpointed = committed.entry(file).stream()
                .mapToLong(entry -> entry.position().offset())
                .findFirst();
        return new KnownFile(input.first().fingerprints(), checkpointed);
    }

    private static KnownFile ofBoth(KnownFile one, KnownFile other) {
        Set<String> rules = new HashSet<>(one.rules());
        rules.addAll(other.rules());
        return new KnownFile(rules, one.checkpointed());
    }

    @Override
    public String hostName() {
        return HostName.local();
    }

    /** It alone keeps places of which its destination is not told. */
    @Override
    public boolean isReplay() {
        return checkpoint.isEmpty() && committed.isRemembered();
    }

    @Override
    public Optional<Path> checkpoint() {
        return checkpoint.map(CheckpointFile::path);
    }

    @Override
    public boolean waitsForRoom() {
        return waitsForRoom.getAsBoolean();
    }
}
