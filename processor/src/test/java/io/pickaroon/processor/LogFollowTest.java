package io.pickaroon.processor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.pickaroon.processor.input.FollowSettings;
import io.pickaroon.processor.rule.Fix;
import io.pickaroon.processor.rule.Pattern;
import io.pickaroon.processor.rule.Rule;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import reactor.test.StepVerifier;

/** Which records come of files that are appended to, renamed and truncated. */
@Timeout(120)
class LogFollowTest extends FollowedRecords {
    @Test
    void emitsWhatIsThereAndWhatIsAppended() throws IOException {
        write("a.log", "line 1\nother\nline 2\n");
        StepVerifier.create(records("a.log"))
                .expectNext("line 1", "line 2")
                .then(change(() -> append("a.log", "other\nline 3\nline ")))
                .expectNext("line 3")
                .then(change(() -> append("a.log", "4\n")))
                .expectNext("line 4")
                .thenCancel()
                .verify(SOON);
        assertNothingIsLeft();
    }

    @Test
    void givesEachRecordWithItsPlace() throws IOException {
        write("a.log", "other\nline 1\n");
        MatchedRecord record = follow().records(path("a.log")).blockFirst(SOON);
        assertThat(record.file()).isEqualTo(path("a.log"));
        assertThat(record.offset()).isEqualTo(6);
        assertThat(record.rule()).isEqualTo("lines");
        assertThat(record.headOnly()).isFalse();
        assertThat(record.id()).contains("-6-");
        assertThat(new LogSearch(EMIT).matches(path("a.log")).blockFirst().id()).isEqualTo(record.id());
        assertThat(record).hasToString("lines at 6 of " + path("a.log"));
    }

    @Test
    void aRenamedFileIsReadToItsEndBeforeTheOneThatHasItsName() throws IOException {
        write("a.log", lines(1, 2));
        StepVerifier.create(records("a.log"))
                .expectNextSequence(numbered(1, 2))
                .then(change(() -> {
                    append("a.log", lines(3, 1_000));
                    Files.move(path("a.log"), path("a.log.1"));
                    write("a.log", lines(1_001, 1_002));
                }))
                .expectNextSequence(numbered(3, 1_002))
                .then(change(() -> append("a.log", lines(1_003, 1_003))))
                .expectNext("line 1003")
                .thenCancel()
                .verify(SOON);
    }

    @Test
    void aFileThatIsCopiedAndTruncatedIsReadAnew() throws IOException {
        write("a.log", lines(1, 100));
        List<String> ids = new ArrayList<>();
        StepVerifier.create(follow().records(path("a.log"))
                        .doOnNext(record -> ids.add(record.id()))
                        .map(MatchedRecord::text))
                .expectNextSequence(numbered(1, 100))
                .then(change(() -> {
                    Files.copy(path("a.log"), path("a.log.1"));
                    truncate("a.log");
                    append("a.log", lines(1, 3));
                }))
                .expectNextSequence(numbered(1, 3))
                .thenCancel()
                .verify(SOON);
        assertThat(ids).hasSize(103).doesNotHaveDuplicates();
    }

    @Test
    void mayStartAtTheEnd() throws IOException {
        write("a.log", lines(1, 3));
        StepVerifier.create(texts(follow().fromEnd(), "a.log", "b.log"))
                .expectSubscription()
                .expectNoEvent(Duration.ofSeconds(1))
                .then(change(() -> append("a.log", lines(4, 4))))
                .expectNext("line 4")
                .then(change(() -> write("b.log", lines(5, 5))))
                .expectNext("line 5")
                .thenCancel()
                .verify(SOON);
    }

    /** Sooner than directories are scanned anyway. */
    @Test
    void aFileThatComesLaterIsFoundAtOnce() throws IOException {
        StepVerifier.create(records("late.log"))
                .expectSubscription()
                .expectNoEvent(Duration.ofSeconds(1))
                .then(change(() -> write("late.log", lines(1, 2))))
                .expectNext("line 1", "line 2")
                .thenCancel()
                .verify(FollowSettings.STANDARD.lookInterval().minusSeconds(1));
    }

    @Test
    void refusesWhatItCannotDo() {
        Rule fixing = new Rule(
                "fixing",
                new Pattern.Literal("line", false),
                true,
                Optional.of(new Fix(new Fix.Replace("LINE"), "", 0, false)));
        assertThatThrownBy(() -> new LogFollow(List.of(fixing)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("rule 'fixing' has a fix");
        assertThatThrownBy(follow()::records)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("no file");
    }

    @Test
    void rulesThatCanMatchNothingOrCannotBeToldApartAreRefused() {
        Rule lines = new Rule("lines", new Pattern.Literal("line", false));
        Rule ends = new Rule("lines", new Pattern.Literal("end", false));
        assertThatThrownBy(() -> new LogFollow(List.of()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("no rule");
        assertThatThrownBy(() -> new LogFollow(List.of(lines, ends)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("two rules have the id 'lines'");
    }
}
