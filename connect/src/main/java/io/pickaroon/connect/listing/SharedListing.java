package io.pickaroon.connect.listing;

import io.pickaroon.config.settings.InputSettings;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The files of the inputs, shared by all tasks of a JVM that have the same inputs: however many tasks ask, there is at most one
 * look in each interval. A task joins it and closes what it got; the last one that does ends it. Thread-safe.
 */
public final class SharedListing implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(SharedListing.class);
    private static final Map<Key, Shared> SHARED = new HashMap<>();

    private final Key key;
    private final Shared shared;
    private boolean isClosed;

    private record Key(List<InputSettings> inputs, Path workingDirectory, boolean archives, Duration interval) {}

    /** One for each key. */
    private static final class Shared {
        private final Key key;
        private final LongSupplier nanoTime;
        private final ReentrantLock looking = new ReentrantLock();
        /** Guarded by the class. */
        private int users;

        private Optional<DirectoryLooks> looks = Optional.empty();
        private volatile Optional<Listing> last = Optional.empty();
        private long lookedNanos;

        Shared(Key key, LongSupplier nanoTime) {
            this.key = key;
            this.nanoTime = nanoTime;
        }

        Listing current() throws IOException {
            // While one looks, the others take what was found before.
            if (last.isPresent() && !looking.tryLock()) {
                return last.get();
            }
            if (!looking.isHeldByCurrentThread()) {
                looking.lock();
            }
            try {
                boolean isDue = last.isEmpty()
                        || nanoTime.getAsLong() - lookedNanos >= key.interval().toNanos();
                return isDue ? look() : last.get();
            } finally {
                looking.unlock();
            }
        }

        Optional<String> inputOf(Path path) {
            looking.lock();
            try {
                return looks.flatMap(each -> each.inputOf(path));
            } finally {
                looking.unlock();
            }
        }

        private Listing look() throws IOException {
            lookedNanos = nanoTime.getAsLong();
            if (looks.isEmpty()) {
                looks = Optional.of(new DirectoryLooks(key.inputs(), key.workingDirectory(), key.archives()));
            }
            try {
                last = Optional.of(looks.get().look());
            } catch (IOException e) {
                if (last.isEmpty()) {
                    throw e;
                }
                LOG.warn("files are not looked for now, and the ones found before are taken: {}", e.getMessage());
            }
            return last.get();
        }
    }

    private SharedListing(Key key, Shared shared) {
        this.key = key;
        this.shared = shared;
    }

    /**
     * Joins the listing of these inputs, or begins one.
     *
     * @param workingDirectory where relative patterns begin
     * @param archives whether archives can be read; if not, they are left out
     * @param interval between two looks, at least
     */
    public static SharedListing join(
            List<InputSettings> inputs, Path workingDirectory, boolean archives, Duration interval) {
        return join(inputs, workingDirectory, archives, interval, System::nanoTime);
    }

    static SharedListing join(
            List<InputSettings> inputs,
            Path workingDirectory,
            boolean archives,
            Duration interval,
            LongSupplier nanoTime) {
        Key key = new Key(List.copyOf(inputs), workingDirectory, archives, interval);
        synchronized (SHARED) {
            Shared shared = SHARED.computeIfAbsent(key, each -> new Shared(each, nanoTime));
            shared.users++;
            return new SharedListing(key, shared);
        }
    }

    /**
     * What the last look found. Looks anew if that is longer ago than the interval; another thread that asks meanwhile does not
     * wait for it, unless nothing was found yet.
     *
     * @throws IOException if nothing can be said, and nothing was found before
     * @throws io.pickaroon.inputs.discovery.DiscoveryException if two inputs have the same file, or a pattern is no glob
     */
    public Listing current() throws IOException {
        return shared.current();
    }

    /** The input that would have a file of this name; empty if none would. */
    public Optional<String> inputOf(Path path) {
        return shared.inputOf(path);
    }

    @Override
    public void close() {
        synchronized (SHARED) {
            if (!isClosed) {
                isClosed = true;
                shared.users--;
                if (shared.users == 0) {
                    SHARED.remove(key, shared);
                }
            }
        }
    }
}
