package io.pickaroon.processor.directio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExclusiveLockTest {
    @TempDir
    Path directory;

    private Path path;

    @BeforeEach
    void choosePath() {
        path = directory.resolve("checkpoint");
    }

    @Test
    void keepsOutASecondUserInTheSameProcess() throws IOException {
        try (ExclusiveLock lock = ExclusiveLock.acquire(path)) {
            assertThat(lock.lockPath()).isEqualTo(directory.resolve("checkpoint.lock"));
            assertInUseBy(ProcessHandle.current().pid());
        }
    }

    @Test
    void isFreeAgainOnceClosed() throws IOException {
        ExclusiveLock first = ExclusiveLock.acquire(path);
        first.close();
        first.close();
        ExclusiveLock.acquire(path).close();
    }

    @Test
    void isNotLostWhenTheSameProcessOpensAndClosesTheLockFile() throws IOException {
        try (ExclusiveLock lock = ExclusiveLock.acquire(path)) {
            Files.readAllBytes(lock.lockPath());
            assertInUseBy(ProcessHandle.current().pid());
        }
    }

    @Test
    void namesTheProcessThatHoldsItAndIsFreeWhenThatIsKilled() throws Exception {
        Process holder = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "--enable-native-access=ALL-UNNAMED",
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        LockHolder.class.getName(),
                        path.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try (BufferedReader output = holder.inputReader()) {
            assertThat(output.readLine()).isEqualTo("locked " + path + ".lock");
            assertInUseBy(holder.pid());
            holder.destroyForcibly().waitFor();
            ExclusiveLock.acquire(path).close();
        } finally {
            holder.destroyForcibly();
        }
    }

    @Test
    void admitsOneOfManyThatComeAtOnce() throws Exception {
        int contenders = 8;
        for (int round = 0; round < 50; round++) {
            List<ExclusiveLock> holders = new ArrayList<>();
            try (var threads = Executors.newFixedThreadPool(contenders)) {
                Callable<ExclusiveLock> contender = () -> ExclusiveLock.acquire(path);
                for (Future<ExclusiveLock> result :
                        threads.invokeAll(java.util.Collections.nCopies(contenders, contender))) {
                    if (result.state() == Future.State.SUCCESS) {
                        holders.add(result.resultNow());
                    } else {
                        assertThat(result.exceptionNow()).isInstanceOf(InUseException.class);
                    }
                }
            }
            assertThat(holders).hasSize(1);
            holders.getFirst().close();
        }
    }

    @Test
    void holdsALockFileThatStillHasItsNameWhenTheFirstIsDeletedWhileBeingLocked() throws IOException {
        FaultyCalls calls = new FaultyCalls();
        calls.afterOpen =
                () -> assertThat(path.resolveSibling("checkpoint.lock").toFile().delete())
                        .isTrue();
        try (ExclusiveLock lock = ExclusiveLock.acquire(calls, path)) {
            assertThat(lock.lockPath()).exists();
            assertInUseBy(ProcessHandle.current().pid());
        }
    }

    @Test
    void anotherFileIsAnotherLock() throws IOException {
        try (ExclusiveLock first = ExclusiveLock.acquire(path);
                ExclusiveLock second = ExclusiveLock.acquire(directory.resolve("other"))) {
            assertThat(first.lockPath()).isNotEqualTo(second.lockPath());
        }
    }

    @Test
    void makesALockFileForItsOwnerOnly() throws IOException {
        try (ExclusiveLock lock = ExclusiveLock.acquire(path)) {
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(lock.lockPath())))
                    .isEqualTo("rw-------");
        }
    }

    @Test
    void doesNotFollowALinkInPlaceOfTheLockFile() throws IOException {
        Path victim = Files.writeString(directory.resolve("victim"), "content");
        Files.createSymbolicLink(directory.resolve("checkpoint.lock"), victim);
        assertThatExceptionOfType(SystemCallException.class)
                .isThrownBy(() -> ExclusiveLock.acquire(path))
                .withMessageContaining("ELOOP");
        assertThat(victim).hasContent("content");
    }

    private void assertInUseBy(long pid) {
        assertThatExceptionOfType(InUseException.class)
                .isThrownBy(() -> ExclusiveLock.acquire(path))
                .withMessageMatching("\\Q" + path + "\\E: in use by process " + pid
                        + ", started 20\\d\\d-[-0-9T:]+Z; stop it or use another checkpoint path");
    }
}
