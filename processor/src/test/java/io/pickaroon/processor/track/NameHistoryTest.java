package io.pickaroon.processor.track;

import static org.assertj.core.api.Assertions.assertThat;

import io.pickaroon.processor.file.NameChange;
import io.pickaroon.processor.track.NameHistory.Renamed;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class NameHistoryTest {
    private static final Path LOG = Path.of("/l/a.log");

    private final NameHistory names = new NameHistory(path -> path.toString().endsWith(".log"));

    @Test
    void aFileKeepsItsNamesThroughAChainOfRenamesTheOldestFileFirst() {
        created("a.log");
        renamed("a.log", "old.1");
        created("a.log");
        renamed("old.1", "old.2");
        renamed("a.log", "old.1");
        assertThat(names.renamed())
                .containsExactly(
                        new Renamed(Path.of("/l/old.2"), List.of(LOG, Path.of("/l/old.1"))),
                        new Renamed(Path.of("/l/old.1"), List.of(LOG)));
        assertThat(names.takeVanished()).isEmpty();
    }

    @Test
    void aFileThatWasThereBeforeIsKnownByTheNameThatIsReportedFirst() {
        renamed("a.log", "old.1");
        assertThat(names.renamed()).containsExactly(new Renamed(Path.of("/l/old.1"), List.of(LOG)));
        removed("old.1");
        assertThat(names.renamed()).isEmpty();
        assertThat(names.takeVanished()).as("a scan may have seen it").isEmpty();
    }

    @Test
    void whatCameAndWentBeforeAScanIsToldOnce() {
        created("a.log");
        removed("a.log");
        created("b.log");
        renamed("b.log", "b.tmp");
        removed("b.tmp");
        created("c.log");
        created("d.log");
        renamed("d.log", "c.log");
        assertThat(names.takeVanished()).containsExactly(LOG, Path.of("/l/b.log"), Path.of("/l/c.log"));
        assertThat(names.takeVanished()).isEmpty();
    }

    @Test
    void whatAScanHasSeenDoesNotVanish() {
        created("a.log");
        created("b.log");
        names.scanned(LOG::equals);
        removed("a.log");
        removed("b.log");
        assertThat(names.takeVanished()).containsExactly(Path.of("/l/b.log"));
    }

    @Test
    void nothingIsKeptOfOtherFilesNorForLong() {
        created("a.tmp");
        renamed("a.tmp", "b.tmp");
        assertThat(names.renamed()).isEmpty();
        renamed("b.tmp", "a.log");
        removed("a.log");
        assertThat(names.takeVanished()).isEmpty();
        renamed("a.log", "old.1");
        names.scanned(_ -> true);
        assertThat(names.renamed()).hasSize(1);
        names.scanned(_ -> true);
        assertThat(names.renamed()).isEmpty();
    }

    private void created(String name) {
        names.add(new NameChange.Created(Path.of("/l", name)));
    }

    private void renamed(String from, String to) {
        names.add(new NameChange.Renamed(Path.of("/l", from), Path.of("/l", to)));
    }

    private void removed(String name) {
        names.add(new NameChange.Removed(Path.of("/l", name)));
    }
}
