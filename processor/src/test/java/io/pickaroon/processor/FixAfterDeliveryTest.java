package io.pickaroon.processor;

import static io.pickaroon.processor.FixRuns.fingerprints;
import static io.pickaroon.processor.FixRuns.mask;
import static io.pickaroon.processor.FixRuns.records;
import static io.pickaroon.processor.FixRuns.replace;
import static io.pickaroon.processor.FixRuns.run;
import static org.assertj.core.api.Assertions.assertThat;

import io.pickaroon.processor.delivery.DeliveredPosition;
import io.pickaroon.processor.file.Position;
import io.pickaroon.processor.metrics.Ledger;
import io.pickaroon.processor.rule.Rule;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is fixed of records that the destination has from an earlier run, perhaps with other rules. */
class FixAfterDeliveryTest {
    @TempDir
    Path directory;

    @Test
    void whatTheDestinationAlreadyHasIsFixedAndNotEmittedAgain() throws IOException {
        Path file = write("ERROR 1\nERROR 2\nERROR 3\n");
        ScriptedSink sink =
                new ScriptedSink(1, 1).knowing(new Position(16, true), fingerprints(replace("ERROR", "FIXED")));

        Ledger ledger = run(file, sink, replace("ERROR", "FIXED"));

        assertThat(records(sink)).containsExactly("ERROR 3");
        assertThat(Files.readString(file)).isEqualTo("FIXED 1\nFIXED 2\nFIXED 3\n");
        assertThat(ledger.emittedMatches()).isEqualTo(1);
        assertThat(ledger.fixes().edits()).isEqualTo(3);
    }

    @Test
    void aRuleThatIsNewFixesNothingThatWasDeliveredBefore() throws IOException {
        Path file = write("ERROR 1 pw=abc\nERROR 2 pw=abc\nERROR 3 pw=abc\n");
        Rule kept = replace("ERROR", "FIXED");
        ScriptedSink sink = new ScriptedSink(1, 1).knowing(new Position(30, true), fingerprints(kept));

        run(file, sink, mask("pw=(?<t>\\S+)", "t", 0, 0), kept);

        assertThat(records(sink)).containsExactly("ERROR 3 pw=***", "ERROR 3 pw=***");
        assertThat(Files.readString(file)).isEqualTo("FIXED 1 pw=abc\nFIXED 2 pw=abc\nFIXED 3 pw=***\n");
    }

    @Test
    void aRuleThatMatchesSomethingElseNowFixesNothingThatWasDeliveredBefore() throws IOException {
        Path file = write("ERROR 1\nERROR 2\nERROR 3\n");
        ScriptedSink sink =
                new ScriptedSink(1, 1).knowing(new Position(16, true), fingerprints(replace("ERROR 1", "FIXED 1")));

        run(file, sink, replace("ERROR", "FIXED"));
        assertThat(records(sink)).containsExactly("ERROR 3");
        assertThat(Files.readString(file)).isEqualTo("ERROR 1\nERROR 2\nFIXED 3\n");

        run(file, new ScriptedSink(1, 1), replace("ERROR", "FIXED"));
        assertThat(Files.readString(file)).isEqualTo("ERROR 1\nERROR 2\nFIXED 3\n");
    }

    @Test
    void whereOtherRulesMayHaveBeenInForceNoRuleThatEmitsFixes() throws IOException {
        Path file = write("ERROR 1\nERROR 2\nERROR 3\n");
        Rule rule = replace("ERROR", "FIXED");
        ScriptedSink sink =
                new ScriptedSink(1, 1).knowing(new DeliveredPosition(new Position(16, true), fingerprints(rule), 8));

        run(file, sink, rule);

        assertThat(records(sink)).containsExactly("ERROR 3");
        assertThat(Files.readString(file)).isEqualTo("ERROR 1\nFIXED 2\nFIXED 3\n");
    }

    @Test
    void aRuleThatEmitsWhatItEmittedBeforeFixesInTheWayThatItHasNow() throws IOException {
        Path file = write("ERROR 1\nERROR 2\nERROR 3\n");
        ScriptedSink sink =
                new ScriptedSink(1, 1).knowing(new Position(16, true), fingerprints(replace("ERROR", "error")));

        run(file, sink, replace("ERROR", "FIXED"));

        assertThat(Files.readString(file)).isEqualTo("FIXED 1\nFIXED 2\nFIXED 3\n");
    }

    @Test
    void aRuleThatOnlyFixesFixesWhatWasDeliveredBeforeToo() throws IOException {
        Path file = write("pw=abc\npw=abc\n");
        ScriptedSink sink = new ScriptedSink(1, 1).knowing(new Position(7, true), Set.of());
        Rule emitting = mask("pw=(?<t>\\S+)", "t", 0, 0);

        run(file, sink, new Rule(emitting.id(), emitting.pattern(), false, emitting.fix()));

        assertThat(Files.readString(file)).isEqualTo("pw=***\npw=***\n");
    }

    @Test
    void whereReadingBeganAtTheEndNothingBeforeTheDestinationsPositionIsFixed() throws IOException {
        Path file = write("ERROR 1\nERROR 2\nERROR 3\n");
        ScriptedSink sink =
                new ScriptedSink(1, 1).knowing(new Position(16, true), fingerprints(replace("ERROR", "FIXED")));

        run(file, true, sink, replace("ERROR", "FIXED"));

        assertThat(records(sink)).containsExactly("ERROR 3");
        assertThat(Files.readString(file)).isEqualTo("ERROR 1\nERROR 2\nFIXED 3\n");
    }

    private Path write(String content) throws IOException {
        return Files.writeString(directory.resolve("log"), content);
    }
}
