package io.pickaroon.app.check;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.pickaroon.app.CommandRun;
import io.pickaroon.app.SampleConfiguration;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CheckCommandTest {
    @TempDir
    private Path directory;

    @Test
    void saysWhatEachInputHasNow() throws IOException {
        SampleConfiguration sample = new SampleConfiguration(directory);
        Files.writeString(sample.log(), "x".repeat(2048));
        Path file = sample.write(SampleConfiguration.CONSOLE);

        CommandRun run = CommandRun.of("check", "-c", file);

        assertThat(run.exitCode()).isZero();
        assertThat(run.output()).isEqualTo(file + ": ok\ninput app: 1 file, 2.0 KiB\n");
        assertThat(run.errors()).isEmpty();
    }

    @Test
    void listsWhatWouldBeChangedInPlaceAndWhere() throws IOException {
        SampleConfiguration sample = new SampleConfiguration(directory);
        Files.writeString(sample.log(), "x");
        Path file = sample.write(SampleConfiguration.CONSOLE, "{ literal: ERROR }", """
                fix: { replace: FIXED }
              - id: cards
                match: { regex: 'card=(?<pan>\\d+)' }
                fix: { mask: "*", group: pan, keepFirst: 1, keepLast: 4, protectHead: 1KiB, when: rotated }
              - id: tokens
                match: { literal: "${TOKEN:hunter2}" }
                fix: { mask: x }
            """);

        CommandRun run = CommandRun.of("check", "-c", file);

        assertThat(run.exitCode()).as(run.errors()).isZero();
        assertThat(run.output()).isEqualTo("""
            %1$s: ok
            input app: 1 file, 1 B
            rule errors changes files in place, at once: 'ERROR' becomes 'FIXED'
              input app: %2$s
            rule cards changes files in place, once they are rotated: group pan of 'card=(?<pan>\\d+)' is masked with \
            '*', except its first character and last 4 characters; not in the first 1.0 KiB of a file
              input app: %2$s
            rule tokens changes files in place, at once: what it matches, which is not shown because it is not in this file
              input app: %2$s
            To see every figure before anything is changed: pickaroon run --dry-run -c %1$s
            """.formatted(file, sample.log()));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{ not: { literal: DEBUG } } | true",
                "{ any: [ { literal: ERROR }, { field: { name: level, equals: error } } ] } | true",
                "{ all: [ { literal: ERROR }, { not: { literal: DEBUG } } ] } | false",
            })
    void namesTheRulesThatTestEveryRecordAsARunDoes(String match, boolean testsEvery) throws IOException {
        SampleConfiguration sample = new SampleConfiguration(directory);
        Files.writeString(sample.log(), "INFO one\n");
        Path file = sample.write(SampleConfiguration.CONSOLE, match, "");
        Files.writeString(file, Files.readString(file).replace("- id: app", "- id: app\n    parse: logfmt"));
        String note = "rule errors tests every record: its 'match' asks for no text that has to be there; to have most"
                + " records passed over, put it into 'all' with a literal, anyOf or regex that the records in question"
                + " have";

        CommandRun check = CommandRun.of("check", "-c", file);
        CommandRun run = CommandRun.of("run", "--once", "-c", file);

        assertThat(check.exitCode()).as(check.errors()).isZero();
        assertThat(run.exitCode()).as(run.errors()).isZero();
        assertThat(check.output().lines().filter(note::equals)).hasSize(testsEvery ? 1 : 0);
        assertThat(run.errors().lines().filter(line -> line.endsWith("INFO " + note)))
                .hasSize(testsEvery ? 1 : 0);
    }

    @Test
    void aFileWithFixesThatIsBehindALinkIsAFailureWithItsPlaceAsTheRunWouldHave() throws IOException {
        SampleConfiguration sample = new SampleConfiguration(directory);
        Path open = Files.createDirectory(directory.resolve("open"));
        Files.setPosixFilePermissions(open, PosixFilePermissions.fromString("rwxrwxrwx"));
        Path elsewhere = Files.writeString(open.resolve("real.txt"), "ERROR\n");
        Path link = Files.createSymbolicLink(directory.resolve("link.log"), elsewhere);
        Path file = sample.write(SampleConfiguration.CONSOLE, "{ literal: ERROR }", "    fix: { replace: FIXED }");

        CommandRun run = CommandRun.of("check", "-c", file);

        assertThat(run.exitCode()).isEqualTo(1);
        // The first directory that others can write to is that of the file, or one above it.
        assertThat(run.errors().lines().map(line -> line.replaceFirst("write to /[^,]*,", "write to DIR,")))
                .containsExactly(
                        file + ":4:16: error: input app: " + elsewhere
                                + ": is no file of an input with fixes, but was reached through a link, and others can"
                                + " write to DIR, a directory on the way; it is neither read nor changed. If it is"
                                + " meant, include it by this path (the link is " + link + ")",
                        "a run leaves this file out, and 'run --once' ends with 1");
        assertThat(run.output()).doesNotContain(": ok");
        CommandRun once = CommandRun.of("run", "-c", file, "--once", "-q");
        assertThat(once.exitCode()).isEqualTo(1);
        assertThat(once.errors()).contains(elsewhere + ": is no file of an input with fixes");
        // The checkpoint knows the file now.
        assertThat(CommandRun.of("check", "-c", file).exitCode()).isEqualTo(1);
        assertThat(CommandRun.of("run", "-c", file, "--once", "-q").exitCode()).isEqualTo(1);
        assertThat(elsewhere).hasContent("ERROR");
    }

    @Test
    void saysNothingOfChangesWhereNoFileIsChanged() throws IOException {
        SampleConfiguration sample = new SampleConfiguration(directory);
        Files.writeString(sample.log(), "a");
        Path file = sample.write(SampleConfiguration.CONSOLE, "{ literal: ERROR }", """
                fix: { mask: x, when: never }
            """);

        CommandRun run = CommandRun.of("check", "-c", file);

        assertThat(run.output()).contains(": ok").doesNotContain("changed");
    }

    @Test
    void aLinkIsNoMatterWhereNothingIsChangedOrItLeadsToAFileOfTheInput() throws IOException {
        SampleConfiguration sample = new SampleConfiguration(directory);
        Files.writeString(sample.log(), "x");
        Files.createSymbolicLink(directory.resolve("a-link.log"), sample.log());
        String fix = "    fix: { replace: FIXED }";
        assertThat(CommandRun.of("check", "-c", sample.write(SampleConfiguration.CONSOLE, "{ literal: ERROR }", fix))
                        .exitCode())
                .isZero();

        Files.createSymbolicLink(directory.resolve("out.log"), Files.createTempFile(directory, "real", ".txt"));
        assertThat(CommandRun.of("check", "-c", sample.write(SampleConfiguration.CONSOLE))
                        .exitCode())
                .isZero();
    }

    @Test
    void saysThatNoArchiveIsChangedAndListsNoFileThatIsLeftOut() throws IOException {
        SampleConfiguration sample = new SampleConfiguration(directory);
        Path log = Files.writeString(directory.resolve("twice.log"), "ERROR\n");
        Files.createLink(directory.resolve("other.txt"), log);
        try (OutputStream archive = new GZIPOutputStream(Files.newOutputStream(directory.resolve("old.gz")))) {
            archive.write("ERROR\n".getBytes(UTF_8));
        }
        Path file = sample.write(SampleConfiguration.CONSOLE, "{ literal: ERROR }", "    fix: { replace: FIXED }");
        Files.writeString(
                file,
                Files.readString(file)
                        .replaceFirst(
                                "include: \\[.*]",
                                "include: [ \"" + directory + "/*.log\", \"" + directory + "/*.gz\" ]"));

        CommandRun run = CommandRun.of("check", "-c", file);

        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.errors()).contains("twice.log: has 2 names");
        assertThat(run.output())
                .contains("input app: no file now\n  input app: not its archive; archives are never changed")
                .doesNotContain("twice.log");
    }

    @Test
    void printsEveryMistakeWithItsPlace() throws IOException {
        Path file = Files.writeString(directory.resolve("wrong.yaml"), """
            inputs:
              - id: app
                inclode: [ /var/log/app.log ]
            rules:
              - id: errors
                match: { regex: 'a(' }
                emit: { topic: app-errors }
            output: { console: {} }
            """);

        CommandRun run = CommandRun.of("check", "-c", file);

        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.errors())
                .contains(file + ":3:5: error:", "include", file + ":6:", "missing closing )")
                .doesNotContain("pickaroon: ");
        assertThat(run.output()).isEmpty();
    }

    @Test
    void aMissingFileIsAMistakeOfTheUser() {
        CommandRun run = CommandRun.of("check", "-c", directory.resolve("nowhere.yaml"));

        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.errors()).contains("nowhere.yaml");
    }

    @Test
    void whatThisVersionCannotDoIsAMistakeToo() throws IOException {
        Path file = new SampleConfiguration(directory)
                .write(SampleConfiguration.CONSOLE, "{ literal: ERROR }", "    fix: { mask: '*' }");
        Files.writeString(file, Files.readString(file).replaceFirst("checkpoint:.*\n", ""));

        CommandRun run = CommandRun.of("check", "-c", file);

        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.errors()).contains(file + ":8:5: error: a fix needs a checkpoint");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '!',
            quoteCharacter = '`',
            value = {
                "batch.sise: 5          ! 2 ! error: Kafka's producer has no setting 'batch.sise'; did you mean"
                        + " 'batch.size'?",
                "producer.linger.ms: 5  ! 2 ! did you mean 'linger.ms'?",
                "LINGER_MS: 5           ! 2 ! did you mean 'linger.ms'?",
                "compression: lz4       ! 2 ! did you mean 'compression.type'?",
                "sasl.password: x       ! 2 ! did you mean 'sasl.jaas.config'?",
                "batch.size: many       ! 2 ! error: the property 'batch.size': Kafka does not take the value 'many'",
                "audit.plugin.level: 9  ! 0 ! Kafka's producer has no setting 'audit.plugin.level'; it changes nothing",
                "group.id: x            ! 0 ! Kafka's producer has no setting 'group.id'; it changes nothing",
            })
    void judgesKafkaSettings(String property, int exitCode, String message) throws IOException {
        Path file = new SampleConfiguration(directory).write("""
            output:
              kafka:
                bootstrapServers: "127.0.0.1:1"
                properties:
                  %s
            """.formatted(property));

        CommandRun run = CommandRun.of("check", "-c", file);

        assertThat(run.exitCode()).isEqualTo(exitCode);
        assertThat(run.errors()).containsPattern("\\.yaml:\\d+:7: ").contains(message);
    }

    @ParameterizedTest
    @CsvSource({
        "'ERROR|', true",
        "'x*', true",
        "'.*', false",
        "'^', false",
        "'^(x|$)', false",
        "'ERROR', false",
        "'(?s).*', false"
    })
    void warnsOfAnExpressionThatMatchesEverythingByMistake(String expression, boolean isSurprising) throws IOException {
        Path file = new SampleConfiguration(directory)
                .write(SampleConfiguration.CONSOLE, "{ regex: '" + expression + "' }", "");

        CommandRun run = CommandRun.of("check", "-c", file);

        assertThat(run.exitCode()).isZero();
        assertThat(run.errors().contains("matches the empty text, so every record matches"))
                .isEqualTo(isSurprising);
    }
}
