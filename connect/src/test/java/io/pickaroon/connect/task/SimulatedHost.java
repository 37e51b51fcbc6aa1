package io.pickaroon.connect.task;

import io.pickaroon.connect.listing.ListedFile;
import io.pickaroon.connect.listing.Listing;
import io.pickaroon.connect.listing.SharedListing;
import io.pickaroon.connect.settings.ConnectorConfig;
import io.pickaroon.processor.file.FileIdentity;
import io.pickaroon.processor.file.FileSighting;
import io.pickaroon.processor.file.LogFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/**
 * A host with a worker, as its tasks see the files: the directory is looked at for all of them, in the simulation's time. Inode
 * numbers are those of the simulation, so that a schedule is the same everywhere, and a file system gives them again.
 */
final class SimulatedHost implements AutoCloseable {
    private final SimulatedFaults faults;
    private final SimulatedApplications applications;
    private final LongSupplier nanoTime;
    private final ConnectorConfig config;
    private final int number;
    private final boolean showsBirth;
    private final SharedListing listing;
    private final long intervalNanos;
    private Optional<Listing> last = Optional.empty();
    private long lookedNanos;

    /** @param number tells its looks from those of other hosts */
    SimulatedHost(
            SimulatedApplications applications,
            LongSupplier nanoTime,
            ConnectorConfig config,
            SimulatedFaults faults,
            int number,
            boolean showsBirth) {
        this.applications = applications;
        this.nanoTime = nanoTime;
        this.config = config;
        this.faults = faults;
        this.number = number;
        this.showsBirth = showsBirth;
        this.intervalNanos = config.lookInterval().toNanos();
        this.listing = SharedListing.join(
                config.settings().settings().inputs(), Path.of("/"), true, Duration.ofNanos(-number));
    }

    /** The same host with a new worker, which has seen no file yet. */
    SimulatedHost again() {
        close();
        return new SimulatedHost(applications, nanoTime, config, faults, number, showsBirth);
    }

    /** Whether it tells when files were made. */
    boolean showsBirth() {
        return showsBirth;
    }

    /**
     * What a task has of it.
     *
     * @param found gets what each look of the task has found
     */
    TaskFiles files(Consumer<Listing> found) {
        return new TaskFiles() {
            @Override
            public Listing look() throws IOException {
                Listing now = current();
                found.accept(now);
                return now;
            }

            @Override
            public Optional<String> inputOf(Path path) {
                return listing.inputOf(path);
            }

            @Override
            public LogFile open(Path path) throws IOException {
                faults.beforeAccess(Optional.empty());
                WrittenLog log = applications.log((Long) Files.getAttribute(path, "unix:ino"));
                return new SimulatedHandle(LogFile.open(path), log, identity(log), faults);
            }

            @Override
            public void close() {}
        };
    }

    private Listing current() throws IOException {
        if (last.isEmpty() || nanoTime.getAsLong() - lookedNanos >= intervalNanos) {
            faults.fail("list");
            last = Optional.of(asSeen(listing.current()));
            lookedNanos = nanoTime.getAsLong();
        }
        return last.get();
    }

    /** In the order of names, which is the same wherever the directory is. */
    private Listing asSeen(Listing found) {
        List<ListedFile> files = found.files().stream()
                .sorted(Comparator.comparing(ListedFile::path))
                .filter(_ -> !faults.isMissed())
                .map(file -> new ListedFile(
                        file.input(), file.path(), file.home(), identity(file.identity()), file.sizeBytes()))
                .toList();
        List<FileSighting> others = found.others().stream()
                .sorted(Comparator.comparing(FileSighting::path))
                .map(other -> new FileSighting(other.path(), identity(other.identity()), other.sizeBytes()))
                .toList();
        return new Listing(found.number(), files, others, found.unreadable());
    }

    private FileIdentity identity(FileIdentity real) {
        return identity(applications.log(real.inode()));
    }

    private FileIdentity identity(WrittenLog log) {
        return new FileIdentity(1, log.inode, showsBirth ? log.bornNanos : 0);
    }

    @Override
    public void close() {
        listing.close();
    }
}
