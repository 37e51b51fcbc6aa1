package io.pickaroon.connectors.kafka;

import io.pickaroon.processor.delivery.DeliveringRun;
import io.pickaroon.processor.delivery.Instance;
import io.pickaroon.processor.delivery.Instance.Standing;
import io.pickaroon.processor.file.FileIdentity;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;

/** A run with a checkpoint in memory, which survives the sinks that it is attached to, and can be copied and lost. */
final class TestRun implements DeliveringRun {
    static final Random RANDOM = new Random(7);

    final Map<FileIdentity, KnownFile> files = new HashMap<>();
    final Map<FileIdentity, Place> places = new HashMap<>();
    final List<Instance> kept = new ArrayList<>();
    final Map<FileIdentity, Integer> resets = new HashMap<>();
    Set<String> rules = Set.of("rule-1");
    String host = "host-1";
    Path path = Path.of("/var/lib/pickaroon/checkpoint");
    boolean pendingResets;
    volatile boolean isFull;
    private Instance instance;

    private TestRun(Instance instance) {
        this.instance = instance;
    }

    static TestRun fresh(String host, Standing standing) {
        TestRun run = new TestRun(Instance.fresh(host, standing, RANDOM));
        run.host = host;
        return run;
    }

    /** As by an image of its machine. */
    TestRun copy() {
        TestRun copy = new TestRun(instance);
        copy.files.putAll(files);
        copy.rules = rules;
        copy.host = host;
        copy.path = path;
        return copy;
    }

    @Override
    public synchronized Instance instance() {
        return instance;
    }

    @Override
    public synchronized void keep(Instance next) throws IOException {
        if (isFull) {
            throw new IOException("no space");
        }
        instance = next;
        kept.add(next);
    }

    @Override
    public boolean hasPendingResets() {
        return pendingResets;
    }

    @Override
    public int highestResets() {
        return resets.values().stream()
                .mapToInt(number -> number)
                .max()
                .orElse(instance().resets());
    }

    @Override
    public int resets(FileIdentity file) {
        return resets.getOrDefault(file, instance().resets());
    }

    @Override
    public void numberResets(int number) {
        pendingResets = false;
        files.keySet().forEach(file -> resets.put(file, number));
    }

    @Override
    public void startAnew(int number) throws IOException {
        keep(instance().withResets(number));
        resets.clear();
    }

    @Override
    public Set<String> rules() {
        return rules;
    }

    @Override
    public Map<FileIdentity, KnownFile> files() {
        return files;
    }

    @Override
    public Map<FileIdentity, Place> places() {
        return places;
    }

    @Override
    public String hostName() {
        return host;
    }

    @Override
    public Optional<Path> checkpoint() {
        return instance().standing() == Standing.PASSING ? Optional.empty() : Optional.of(path);
    }
}
