package io.pickaroon.connect.listing;

import static org.assertj.core.api.Assertions.assertThat;

import io.pickaroon.config.check.RegexCheck;
import io.pickaroon.config.properties.ConnectorReader;
import io.pickaroon.config.settings.InputSettings;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SharedListingTest {
    private static final Duration INTERVAL = Duration.ofSeconds(5);

    @TempDir
    Path directory;

    private final AtomicLong nanos = new AtomicLong();

    private List<InputSettings> inputs() throws Exception {
        return inputs("/*.log");
    }

    private List<InputSettings> inputs(String include) throws Exception {
        Map<String, String> properties = Map.of(
                "inputs", "shop",
                "inputs.shop.include", directory + include,
                "rules", "errors",
                "rules.errors.match.literal", "ERROR",
                "rules.errors.emit.topic", "shop-errors");
        return ConnectorReader.read(properties, Optional.empty(), RegexCheck.NONE, _ -> {})
                .settings()
                .inputs();
    }

    private SharedListing join() throws Exception {
        return SharedListing.join(inputs(), directory, false, INTERVAL, nanos::get);
    }

    private Path write(String name, String content) throws Exception {
        return Files.writeString(directory.resolve(name), content);
    }

    private static List<String> names(Listing listing) {
        return listing.files().stream()
                .map(file -> file.path().getFileName().toString())
                .toList();
    }

    /** A link to itself stands for a file whose status cannot be read. */
    @Test
    void aRenamedFileIsKnownHoweverOftenItsStatusCouldNotBeRead() throws Exception {
        write("a.log", "ERROR 1\n");
        Path renamed = directory.resolve("a.log.1");
        Path away = directory.resolveSibling(directory.getFileName() + "-a.log");
        try (SharedListing listing = SharedListing.join(inputs(), directory, false, INTERVAL, nanos::get)) {
            assertThat(names(listing.current())).containsExactly("a.log");
            Files.move(directory.resolve("a.log"), renamed);
            nanos.addAndGet(INTERVAL.toNanos());
            assertThat(names(listing.current())).containsExactly("a.log.1");
            Files.move(renamed, away);
            Files.createSymbolicLink(renamed, renamed);
            for (int look = 0; look < 3; look++) {
                nanos.addAndGet(INTERVAL.toNanos());
                assertThat(listing.current().unreadable()).hasSize(1);
            }
            Files.delete(renamed);
            Files.move(away, renamed);
            nanos.addAndGet(INTERVAL.toNanos());
            assertThat(names(listing.current())).containsExactly("a.log.1");
        }
    }

    @Test
    void aRenamedFileIsKnownAfterItsStatusCouldNotBeRead() throws Exception {
        Path logs = Files.createDirectory(directory.resolve("logs"));
        write("logs/a.log", "ERROR 1\n");
        try (SharedListing listing = SharedListing.join(inputs("/*/*.log"), directory, false, INTERVAL, nanos::get)) {
            assertThat(names(listing.current())).containsExactly("a.log");
            Files.move(logs.resolve("a.log"), logs.resolve("a.log.1"));
            nanos.addAndGet(INTERVAL.toNanos());
            assertThat(names(listing.current())).containsExactly("a.log.1");
            Path away = Files.move(logs, directory.resolveSibling(directory.getFileName() + "-away"));
            Files.createSymbolicLink(logs, logs);
            nanos.addAndGet(INTERVAL.toNanos());
            assertThat(listing.current().unreadable()).isNotEmpty();
            Files.delete(logs);
            Files.move(away, logs);
            nanos.addAndGet(INTERVAL.toNanos());
            assertThat(names(listing.current())).containsExactly("a.log.1");
        }
    }

    /** The numbers of looks are counted: 400 questions of 8 tasks in one interval are one look. */
    @Test
    void thereIsOneLookInEachIntervalForAllTasks() throws Exception {
        for (int i = 0; i < 50; i++) {
            write("shop-" + i + ".log", "ERROR\n");
        }
        List<SharedListing> tasks = new ArrayList<>();
        for (int task = 0; task < 8; task++) {
            tasks.add(join());
        }
        for (long interval = 1; interval <= 3; interval++) {
            List<Callable<Listing>> questions = new ArrayList<>();
            for (int question = 0; question < 400; question++) {
                questions.add(tasks.get(question % tasks.size())::current);
            }
            try (ExecutorService threads = Executors.newFixedThreadPool(8)) {
                for (Future<Listing> answer : threads.invokeAll(questions)) {
                    assertThat(answer.get().files()).hasSize(50);
                    assertThat(answer.get().number()).isBetween(Math.max(1, interval - 1), interval);
                }
            }
            assertThat(tasks.getFirst().current().number()).isEqualTo(interval);
            nanos.addAndGet(INTERVAL.toNanos());
        }
        tasks.forEach(SharedListing::close);
    }

    @Test
    void filesHaveTheirInodeAndSize() throws Exception {
        Path log = write("shop.log", "ERROR\n");
        write("shop.txt", "no log");
        try (SharedListing listing = join()) {
            ListedFile file = listing.current().files().getFirst();

            assertThat(names(listing.current())).containsExactly("shop.log");
            assertThat(file.input()).isEqualTo("shop");
            assertThat(file.inode()).isEqualTo(Files.getAttribute(log, "unix:ino"));
            assertThat(file.sizeBytes()).isEqualTo(6);
            assertThat(file.isRenamed()).isFalse();
        }
    }

    @Test
    void aFileThatGetsAnotherNameIsFoundByItsInodeUntilItIsGone() throws Exception {
        Path log = write("shop.log", "ERROR\n");
        try (SharedListing listing = join()) {
            long inode = listing.current().files().getFirst().inode();
            Path rotated = Files.move(log, directory.resolve("shop.log.1"));
            write("shop.log", "ERROR of the next\n");
            nanos.addAndGet(INTERVAL.toNanos());

            assertThat(names(listing.current())).containsExactly("shop.log", "shop.log.1");
            ListedFile renamed = listing.current().files().getLast();
            assertThat(renamed.inode()).isEqualTo(inode);
            assertThat(renamed.input()).isEqualTo("shop");
            assertThat(renamed.isRenamed()).isTrue();

            Files.move(rotated, directory.resolve("shop.log.2"));
            nanos.addAndGet(INTERVAL.toNanos());
            assertThat(names(listing.current())).containsExactly("shop.log", "shop.log.2");

            Files.delete(directory.resolve("shop.log.2"));
            nanos.addAndGet(INTERVAL.toNanos());
            assertThat(names(listing.current())).containsExactly("shop.log");
        }
    }

    @Test
    void theLastOneThatClosesEndsIt() throws Exception {
        write("shop.log", "ERROR\n");
        SharedListing one = join();
        SharedListing other = join();
        assertThat(one.current()).isSameAs(other.current());
        one.close();
        one.close();
        try (SharedListing third = join()) {
            assertThat(third.current()).isSameAs(other.current());
        }
        Listing before = other.current();
        other.close();
        try (SharedListing next = join()) {
            assertThat(next.current()).isNotSameAs(before);
        }
    }
}
