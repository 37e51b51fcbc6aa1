package io.pickaroon.processor;

import static io.pickaroon.processor.FixRuns.mask;
import static io.pickaroon.processor.FixRuns.records;
import static io.pickaroon.processor.FixRuns.replace;
import static io.pickaroon.processor.FixRuns.run;
import static org.assertj.core.api.Assertions.assertThat;

import io.pickaroon.processor.checkpoint.CheckpointFile;
import io.pickaroon.processor.commit.Recovery;
import io.pickaroon.processor.directio.FileStatus;
import io.pickaroon.processor.fix.FixTally;
import io.pickaroon.processor.fix.JournalInspection;
import io.pickaroon.processor.fix.RedoJournal;
import io.pickaroon.processor.metrics.Ledger;
import io.pickaroon.processor.metrics.RuleFigures;
import io.pickaroon.processor.rule.Fix;
import io.pickaroon.processor.rule.Pattern;
import io.pickaroon.processor.rule.Rule;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FixTest {
    @TempDir
    Path directory;

    @Test
    void aReplacementIsMadeInTheFileAndTheOriginalIsEmitted() throws IOException {
        Path file = write("a ERROR\nfine\r\nERROR ERROR\r\nlast ERROR");
        FileStatus before = FileStatus.of(file);
        ScriptedSink sink = new ScriptedSink(1, 2);

        Ledger ledger = run(file, sink, replace("ERROR", "FIXED"));

        assertThat(Files.readString(file)).isEqualTo("a FIXED\nfine\r\nFIXED FIXED\r\nlast FIXED");
        assertThat(records(sink)).containsExactly("a ERROR", "ERROR ERROR", "last ERROR");
        assertThat(ledger.fixes()).isEqualTo(new FixTally(4, 20, 0, 0, 0, 0, 0));
        FileStatus after = FileStatus.of(file);
        assertThat(after.inode()).isEqualTo(before.inode());
        assertThat(after.mode()).isEqualTo(before.mode());
        assertThat(after.modifiedTimeNanos()).isGreaterThanOrEqualTo(before.modifiedTimeNanos());
    }

    @Test
    void aMaskIsMadeInTheFileAndInEverythingThatIsEmitted() throws IOException {
        Path file = write("ERROR card=4111111111111111 x\ncard=123\n");
        ScriptedSink sink = new ScriptedSink(1, 2);

        run(
                file,
                sink,
                new Rule("errors", new Pattern.Literal("ERROR", false)),
                mask("card=(?<pan>\\d{13,19})", "pan", 0, 4));

        assertThat(Files.readString(file)).isEqualTo("ERROR card=************1111 x\ncard=123\n");
        assertThat(records(sink)).containsExactly("ERROR card=************1111 x", "ERROR card=************1111 x");
    }

    @Test
    void theFirstRuleThatClaimsAByteHasIt() throws IOException {
        Path file = write("abcdef\n");
        Ledger ledger = run(file, new ScriptedSink(1, 1), replace("abcd", "ABCD"), replace("cdef", "CDEF"));

        assertThat(Files.readString(file)).isEqualTo("ABCDef\n");
        assertThat(ledger.fixes().overlapping()).isEqualTo(1);
    }

    @Test
    void overlappingMasksCoverTogetherWhatEachOfThemCovers() throws IOException {
        Path file = write("card=4111111111111111 x\n");
        Ledger ledger = run(
                file,
                new ScriptedSink(1, 1),
                mask("card=(?<bin>\\d{6})", "bin", 0, 0),
                mask("card=(?<pan>\\d{16})", "pan", 0, 4));

        assertThat(Files.readString(file)).isEqualTo("card=************1111 x\n");
        assertThat(ledger.fixes().overlapping()).isZero();
    }

    @Test
    void aMaskCoversWhatAReplacementHasLeft() throws IOException {
        Path file = write("token=abc\n");
        Ledger ledger = run(file, new ScriptedSink(1, 1), replace("token=a", "TOKEN=A"), mask("token=\\w+", "", 0, 0));

        assertThat(Files.readString(file)).isEqualTo("TOKEN=A**\n");
        assertThat(ledger.fixes().overlapping()).isZero();
    }

    @Test
    void aMaskedMatchStaysSecretEvenIfAnEarlierRuleClaimsSomeOfIt() throws IOException {
        Path file = write("user token=abc\n");
        ScriptedSink sink = new ScriptedSink(1, 1);

        run(file, sink, replace("token=a", "TOKEN=A"), mask("token=\\w+", "", 0, 0));

        assertThat(records(sink)).containsOnly("user *********");
    }

    @Test
    void maskingKeepsCharactersWhole() throws IOException {
        Path file = write("id=äöü€x!\nid=é!\n");
        run(file, new ScriptedSink(1, 1), mask("id=(?<id>[^!]+)!", "id", 1, 2));

        // ö and ü are two bytes each; é has no more characters than are to be kept.
        assertThat(Files.readString(file)).isEqualTo("id=ä****€x!\nid=**!\n");
    }

    @Test
    void aMatchThatBeginsOrEndsInsideACharacterIsMaskedUpToItsEnds() throws IOException {
        Path file = write("aäb\n");
        // The expression matches bytes: the second byte of ä and the b.
        run(file, new ScriptedSink(1, 1), mask(".b", "", 0, 0));
        assertThat(Files.readString(file)).isEqualTo("a***\n");
    }

    @Test
    void aReplacementOfAnotherLengthIsCountedAndNotMade() throws IOException {
        Path file = write("code 12 code 123\n");
        Rule rule = new Rule(
                "codes",
                new Pattern.Regex("code (?<n>\\d+)", false),
                true,
                Optional.of(new Fix(new Fix.Replace("000"), "n", 0)));
        Ledger ledger = run(file, new ScriptedSink(1, 1), rule);

        assertThat(Files.readString(file)).isEqualTo("code 12 code 000\n");
        assertThat(ledger.fixes().otherLength()).isEqualTo(1);
        assertThat(ledger.fixes().edits()).isEqualTo(1);
    }

    @Test
    void theProtectedHeadOfAFileIsLeftAlone() throws IOException {
        Path file = write("ERROR\nERROR\nERROR\n");
        Rule rule = new Rule(
                "errors",
                new Pattern.Literal("ERROR", false),
                true,
                Optional.of(new Fix(new Fix.Replace("FIXED"), "", 7)));
        Ledger ledger = run(file, new ScriptedSink(1, 1), rule);

        assertThat(Files.readString(file)).isEqualTo("ERROR\nERROR\nFIXED\n");
        assertThat(ledger.fixes().protectedHead()).isEqualTo(2);
    }

    @Test
    void aRuleThatOnlyFixesEmitsNothing() throws IOException {
        Path file = write("ERROR\n");
        ScriptedSink sink = new ScriptedSink(1, 1);
        Rule rule = new Rule(
                "errors",
                new Pattern.Literal("ERROR", false),
                false,
                Optional.of(new Fix(new Fix.Replace("FIXED"), "", 0)));
        Ledger ledger = run(file, sink, rule);

        assertThat(sink.arrivals()).isEmpty();
        assertThat(ledger.scanned().matchedRecords()).isEqualTo(1);
        assertThat(Files.readString(file)).isEqualTo("FIXED\n");
    }

    @Test
    void nothingIsFixedThatWasNotDelivered() throws IOException {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < 500; i++) {
            text.append("ERROR number ").append(i).append(" \n");
        }
        Path file = write(text.toString());
        ScriptedSink refusing = new ScriptedSink(1, 1).refusing("number 300 ");
        try {
            run(file, refusing, replace("ERROR", "FIXED"));
        } catch (RuntimeException refused) {
            assertThat(refused).hasMessageContaining("refuses");
        }
        List<String> lines = Files.readAllLines(file);
        long fixed = lines.stream().filter(line -> line.startsWith("FIXED")).count();
        assertThat(fixed).isPositive().isLessThanOrEqualTo(300);
        assertThat(lines.subList((int) fixed, 500)).allMatch(line -> line.startsWith("ERROR"));

        ScriptedSink sink = new ScriptedSink(1, 1);
        run(file, sink, replace("ERROR", "FIXED"));
        assertThat(Files.readAllLines(file)).allMatch(line -> line.startsWith("FIXED"));
        assertThat(sink.arrivals().size()).isEqualTo(500 - (int) fixed);
    }

    @Test
    void whatIsAsItShouldBeAlreadyIsNotWrittenAgain() throws IOException {
        Path file = write("token=**** token=abcd\n");
        Ledger ledger = run(file, new ScriptedSink(1, 1), mask("token=(?<t>\\S+)", "t", 0, 0));

        assertThat(Files.readString(file)).isEqualTo("token=**** token=****\n");
        assertThat(ledger.fixes()).isEqualTo(new FixTally(1, 4, 1, 0, 0, 0, 0));
    }

    @Test
    void fixesAreCountedByRuleWithWhatWasLeftAlone() throws IOException {
        Path file = write("ERROR token=abcd\nERROR token=****\nERRORS\n");
        Rule first = replace("ERROR", "FIXED");
        Rule second = new Rule(
                "overlaps",
                new Pattern.Literal("RORS", false),
                false,
                replace("RORS", "rors").fix());
        Rule third = mask("token=(?<t>\\S+)", "t", 0, 0);

        try (Recovery recovery = Recovery.of(directory.resolve("checkpoint"))) {
            LogProcessor processor =
                    FixRuns.processor(recovery, file, false, new ScriptedSink(1, 1), first, second, third);
            processor.run().block(Duration.ofSeconds(60));

            assertThat(processor.counters().inputs().getFirst().rules())
                    .containsExactly(
                            new RuleFigures("ERROR", 3, 3, 0, 3, 0),
                            new RuleFigures("overlaps", 1, 0, 0, 0, 1),
                            new RuleFigures("mask", 2, 2, 0, 1, 1));
            assertThat(processor.counters().commits().latencies().count()).isPositive();
        }
    }

    @Test
    void aJournalTellsFromOutsideWhatAStartWouldFinish() throws IOException {
        Path file = write("ERROR\nfine\nERROR\n");
        run(file, new ScriptedSink(1, 1), replace("ERROR", "FIXED"));
        Path checkpoint = directory.resolve("checkpoint");
        long sequence =
                CheckpointFile.inspect(checkpoint).checkpoint().orElseThrow().sequence();

        JournalInspection journal = RedoJournal.inspect(checkpoint).orElseThrow();

        assertThat(journal.recordsToFinish(sequence)).isZero();
        assertThat(journal.recordsToFinish(sequence - 1)).isEqualTo(2);
        assertThat(journal.files()).containsExactly(file);
        assertThat(RedoJournal.inspect(directory.resolve("nowhere"))).isEmpty();
    }

    @Test
    void onlyBytesOfMatchesDiffer() throws IOException {
        byte[] bytes = new byte[300_000];
        new java.util.Random(5).nextBytes(bytes);
        for (int i = 0; i < bytes.length - 10; i += 997) {
            System.arraycopy("ERROR".getBytes(StandardCharsets.US_ASCII), 0, bytes, i, 5);
        }
        Path file = Files.write(directory.resolve("log"), bytes);
        run(file, new ScriptedSink(1, 3), replace("ERROR", "FIXED"));

        byte[] after = Files.readAllBytes(file);
        for (int i = 0; i < bytes.length - 10; i += 997) {
            System.arraycopy("FIXED".getBytes(StandardCharsets.US_ASCII), 0, bytes, i, 5);
        }
        assertThat(after).isEqualTo(bytes);
    }

    private Path write(String content) throws IOException {
        return Files.writeString(directory.resolve("log"), content);
    }
}
