package io.pickaroon.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.pickaroon.app.broker.LocalBroker;
import io.pickaroon.connectors.kafka.TopicReader;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Several configurations and checkpoints over the same files, and what becomes of each at a real broker. */
@Timeout(240)
class InstancesTest {
    private static final Duration SOON = Duration.ofSeconds(60);

    @TempDir
    private static Path brokerDirectory;

    private static LocalBroker broker;

    @TempDir
    private Path directory;

    private String name;
    private Path log;
    private int written;

    @BeforeAll
    static void startBroker() throws IOException {
        broker = LocalBroker.start(CommandRun.installation(), 0, brokerDirectory);
    }

    @AfterAll
    static void stopBroker() {
        broker.close();
    }

    @BeforeEach
    void makeLog(TestInfo test) throws IOException {
        name = test.getTestMethod().orElseThrow().getName();
        log = Files.createFile(directory.resolve("app.log"));
        broker.createTopics(List.of(name + "-ERROR", name + "-WARN", name + "-line"), 1 << 20);
        write(1_000);
    }

    @Test
    void threeConfigurationsOneAfterTheOtherSendEverythingOfTheirOwn() throws Exception {
        Path errors = configuration("errors", "ERROR", "");
        Path warnings = configuration("warnings", "WARN", "");
        Path all = configuration("all", "line", "");
        for (int round = 0; round < 2; round++) {
            for (Path configuration : List.of(errors, warnings, all)) {
                assertDone(once(configuration));
            }
            assertEachOnce("ERROR", "WARN", "line");
            write(500);
        }
    }

    @Test
    void threeDaemonsAtOnceLeaveEachOtherAlone() throws Exception {
        try (ForkedProgram errors = daemon(configuration("errors", "ERROR", ""));
                ForkedProgram warnings = daemon(configuration("warnings", "WARN", ""));
                ForkedProgram all = daemon(configuration("all", "line", ""))) {
            awaitEachOnce("ERROR", "WARN", "line");
            write(500);
            awaitEachOnce("ERROR", "WARN", "line");
            for (ForkedProgram program : List.of(errors, warnings, all)) {
                assertThat(program.endBy("TERM")).as(program.errors()).isEqualTo(143);
                assertThat(program.errors()).doesNotContain("taken over");
            }
        }
    }

    @Test
    void aLostCheckpointGoesOnFromKafkaForTheSameRule() throws Exception {
        Path configuration = configuration("errors", "ERROR", "");
        assertDone(once(configuration));
        lose("errors");
        write(500);
        CommandRun run = once(configuration);
        assertDone(run);
        assertThat(run.errors()).contains("WARN this checkpoint is new", "app.log from byte", "--start-anew");
        assertEachOnce("ERROR");
        assertThat(once(configuration).errors()).doesNotContain("this checkpoint is new");
    }

    @Test
    void aLostCheckpointWithOtherRulesAsksAndBothWaysLeadOut() throws Exception {
        assertDone(once(configuration("both", "ERROR", "")));
        for (String wayOut : List.of("--adopt", "--start-anew")) {
            lose("both");
            String literal = wayOut.equals("--adopt") ? "WARN" : "line";
            Path configuration = configuration("both", literal, "");
            for (int restart = 0; restart < 2; restart++) {
                CommandRun asked = once(configuration);
                assertThat(asked.exitCode()).as(asked.errors()).isEqualTo(4);
                assertThat(asked.errors())
                        .contains(
                                "pickaroon run -c " + configuration + " --adopt ",
                                "--start-anew",
                                "app.log up to byte");
            }
            assertThat(values(literal)).isEmpty();
            if (wayOut.equals("--adopt")) {
                String adopted = adoptOf(once(configuration).errors());
                write(100);
                assertDone(once(configuration, "--adopt", adopted));
                assertThat(values("WARN")).isEqualTo(lines("WARN").subList(500, 550));
            } else {
                assertDone(once(configuration, "--start-anew"));
                assertDone(once(configuration, "--start-anew"));
                assertEachOnce("line");
            }
        }
    }

    @Test
    void adoptedBesideALiveWriterTheOldOneEndsAndItsRestartAsks() throws Exception {
        Path old = configuration("old", "ERROR", "");
        Path heir = configuration("heir", "ERROR", "");
        try (ForkedProgram program = daemon(old)) {
            awaitEachOnce("ERROR");
            String of = ownName(old);
            write(500);
            assertDone(once(heir, "--adopt", of));
            write(10);
            assertThat(program.end(60)).as(program.errors()).isEqualTo(1);
            assertThat(program.errors()).contains("has taken over instance '" + of + "'");
            CommandRun asked = once(old);
            assertThat(asked.exitCode()).as(asked.errors()).isEqualTo(4);
            assertThat(asked.errors()).contains("was taken over by another checkpoint");
            assertDone(once(heir, "--adopt", of));
            assertEachOnce("ERROR");

            assertDone(once(old, "--adopt", of));
            assertThat(once(heir, "--adopt", of).errors()).contains("start once without --adopt");
            assertThat(once(heir, "--adopt", of).exitCode()).isEqualTo(4);
            assertThat(once(heir).exitCode()).isEqualTo(4);
            write(10);
            assertDone(once(heir, "--adopt", of));
            assertEachOnce("ERROR");
        }
    }

    @Test
    void ofACheckpointAndItsCopyTheOneThatIsBehindAsks() throws Exception {
        Path original = configuration("original", "ERROR", "");
        assertDone(once(original));
        Files.createDirectories(directory.resolve("copy"));
        Files.copy(directory.resolve("original/checkpoint"), directory.resolve("copy/checkpoint"));
        Path copy = configuration("copy", "ERROR", "");
        String own = ownName(original);
        write(500);
        assertDone(once(copy));
        CommandRun asked = once(original);
        assertThat(asked.exitCode()).as(asked.errors()).isEqualTo(4);
        assertThat(asked.errors())
                .contains(
                        "started elsewhere with a copy",
                        directory.resolve("copy/checkpoint").toString());
        CommandRun taken = once(original, "--adopt", own);
        assertDone(taken);
        assertThat(taken.errors()).contains("WARN goes on as instance '" + own + "'");
        assertThat(once(copy).exitCode()).isEqualTo(4);
        assertEachOnce("ERROR");
    }

    /** A machine and its clone: the same host name, paths, inodes and birth times; what they write differs from then on. */
    @Test
    void aCloneMadeANewInstanceIsOnItsOwnAndLeavesTheOriginalAlone() throws Exception {
        Path configuration = configuration("vm", "ERROR", "");
        assertDone(once(configuration));
        long cloned = Files.size(log);
        copyState("vm", "clone");
        write(800);
        assertDone(once(configuration));
        byte[] original = Files.readAllBytes(log);
        String originals = ownName(configuration);

        Files.move(directory.resolve("vm"), directory.resolve("original"));
        Files.move(directory.resolve("clone"), directory.resolve("vm"));
        rewrite(cloned, "ERROR of the clone\n".repeat(1_000).getBytes(StandardCharsets.UTF_8));
        assertThat(once(configuration).exitCode()).isEqualTo(4);
        assertDone(CommandRun.of("checkpoint", "new-instance", directory.resolve("vm/checkpoint")));
        Path named = configuration("vm", "ERROR", originals);
        for (int restart = 0; restart < 2; restart++) {
            CommandRun asked = once(named);
            assertThat(asked.exitCode()).as(asked.errors()).isEqualTo(4);
            assertThat(asked.errors()).contains("'" + originals + "' is in use");
        }
        configuration("vm", "ERROR", "");
        CommandRun clone = once(configuration);
        assertDone(clone);
        assertThat(clone.errors()).contains("own places").doesNotContain("WARN");
        assertThat(values("ERROR").stream().filter("ERROR of the clone"::equals))
                .hasSize(1_000);
        assertThat(CommandRun.of("positions", "list", "-c", configuration).output())
                .contains(originals + ": checkpoint ");

        Files.move(directory.resolve("vm"), directory.resolve("clone"));
        Files.move(directory.resolve("original"), directory.resolve("vm"));
        rewrite(0, original);
        write(100);
        assertDone(once(configuration));
        assertThat(values("ERROR").stream().filter(line -> !line.contains("clone")))
                .isEqualTo(lines("ERROR"));
    }

    @Test
    void aRestoredCheckpointMadeANewInstanceGoesOnFromItsOwnPlaces() throws Exception {
        Path configuration = configuration("errors", "ERROR", "");
        assertDone(once(configuration));
        copyState("errors", "backup");
        write(60);
        assertDone(once(configuration));
        lose("errors");
        Files.delete(directory.resolve("errors"));
        Files.move(directory.resolve("backup"), directory.resolve("errors"));
        write(40);
        CommandRun asked = once(configuration);
        assertThat(asked.exitCode()).isEqualTo(4);
        assertThat(asked.errors()).contains("checkpoint new-instance", "sent again");
        assertDone(CommandRun.of("checkpoint", "new-instance", directory.resolve("errors/checkpoint")));
        assertDone(once(configuration));
        List<String> all = lines("ERROR");
        List<String> expected = new ArrayList<>(all.subList(0, 530));
        expected.addAll(all.subList(500, 550));
        assertThat(values("ERROR")).isEqualTo(expected);
    }

    @Test
    void instanceAddedChangedAndRemovedAfterAKillDoublesNothing() throws Exception {
        write(200_000);
        List<String> instances = List.of("", name + "-1", name + "-2", "");
        for (String instance : instances) {
            Path configuration = configuration("errors", "ERROR", instance);
            int before = values("ERROR").size();
            try (ForkedProgram program = daemon(configuration)) {
                await().atMost(SOON)
                        .until(() -> values("ERROR").size() > before
                                || before == lines("ERROR").size());
                program.kill();
            }
        }
        assertDone(once(configuration("errors", "ERROR", "")));
        assertEachOnce("ERROR");
        assertThat(ownName(configuration("errors", "ERROR", ""))).isEqualTo(name + "-2");
    }

    @Test
    void movedWithItsCheckpointItGoesOnAndWithoutItAsks() throws Exception {
        assertDone(once(configuration("here", "ERROR", "")));
        Files.move(directory.resolve("here"), directory.resolve("there"));
        write(500);
        assertDone(once(configuration("there", "ERROR", "")));
        assertEachOnce("ERROR");

        lose("there");
        CommandRun asked = once(configuration("elsewhere", "ERROR", ""));
        assertThat(asked.exitCode()).as(asked.errors()).isEqualTo(4);
        assertThat(asked.errors()).contains("no longer where it was", "--adopt", "--start-anew");
        assertDone(once(configuration("elsewhere", "ERROR", ""), "--adopt", adoptOf(asked.errors())));
        assertEachOnce("ERROR");
    }

    @Test
    void aGivenInstanceThatIsInUseIsAskedAbout() throws Exception {
        assertDone(once(configuration("one", "ERROR", name)));
        CommandRun asked = once(configuration("two", "WARN", name));
        assertThat(asked.exitCode()).as(asked.errors()).isEqualTo(4);
        assertThat(asked.errors()).contains("'" + name + "' is in use", "--adopt " + name, "--start-anew");
        assertDone(once(configuration("two", "WARN", name), "--start-anew"));
        assertEachOnce("WARN");
    }

    @Test
    void aRunWithoutCheckpointSendsEverythingEachTimeAndLeavesNothing() throws Exception {
        Path configuration = configuration("none", "ERROR", "");
        Files.writeString(configuration, Files.readString(configuration).replaceAll("checkpoint: .*\n", ""));
        for (int run = 1; run < 3; run++) {
            CommandRun ended = once(configuration);
            assertDone(ended);
            assertThat(ended.errors()).contains("no checkpoint: it sends everything");
            assertThat(values("ERROR")).hasSize(run * lines("ERROR").size());
        }
        assertThat(CommandRun.of("positions", "list", "-c", configuration).output())
                .doesNotContain("ends with its run");
        assertThat(once(configuration, "--adopt", "x").exitCode()).isEqualTo(2);
    }

    @Test
    void namesAreListedAndForgotten() throws Exception {
        Path configuration = configuration("errors", "ERROR", "");
        assertDone(once(configuration));
        String own = ownName(configuration);
        CommandRun list = CommandRun.of("positions", "list", "-c", configuration);
        assertThat(list.output())
                .contains(own + ": checkpoint ", directory.resolve("errors/checkpoint") + " on host", "started once")
                .contains(log + " up to byte " + Files.size(log));
        assertThat(CommandRun.of("positions", "list", "--json", "-c", configuration)
                        .output())
                .contains("\"name\":\"" + own + "\",\"claim\":{\"checkpoint\":", "\"starts\":1");

        assertRefused(CommandRun.of("positions", "forget", "-c", configuration, own, "--yes"), "a run under it ends");
        assertRefused(
                CommandRun.of("positions", "forget", "-c", configuration, "nobody", "--yes"), "no instance 'nobody'");
        assertRefused(CommandRun.of("positions", "forget", "-c", configuration, own, "--force"), "add --yes");
        Path other = configuration("warnings", "WARN", "");
        assertDone(once(other));
        String others = ownName(other);
        assertRefused(
                CommandRun.of("positions", "forget", "-c", configuration, others, "--yes"),
                "end with its next delivery");
        assertThat(CommandRun.of("positions", "forget", "-c", configuration, others, "--yes", "--force"))
                .extracting(CommandRun::exitCode)
                .isEqualTo(0);
        assertThat(CommandRun.of("positions", "list", "-c", configuration).output())
                .contains(own)
                .doesNotContain(others);
        write(100);
        assertDone(once(other));
        assertEachOnce("WARN");
    }

    @Test
    @Timeout(40)
    void positionsSayThatNoBrokerAnswers() throws Exception {
        Path configuration = configuration("errors", "ERROR", "");
        Files.writeString(
                configuration,
                Files.readString(configuration)
                        .replaceFirst("bootstrapServers: .*", "bootstrapServers: '127.0.0.1:1'"));
        for (CommandRun run : List.of(
                CommandRun.of("positions", "list", "-c", configuration),
                CommandRun.of("positions", "forget", "-c", configuration, "shop", "--yes"))) {
            assertThat(run.exitCode()).isEqualTo(1);
            assertThat(run.errors())
                    .contains("Kafka at 127.0.0.1:1: no broker answers")
                    .doesNotContain("not acknowledged");
        }
    }

    @Test
    void ordersThatMakeNoSenseAreTheUsersMistake() throws Exception {
        Path configuration = configuration("errors", "ERROR", "");
        assertThat(once(configuration, "--adopt", "x", "--start-anew").exitCode())
                .isEqualTo(2);
        Path other = configuration("warnings", "WARN", name);
        assertDone(once(other));
        CommandRun none = once(configuration, "--adopt", "nobody-at-all");
        assertRefused(none, "no instance of this name");
        assertThat(none.errors()).contains(name, "positions list -c " + configuration);
        assertThat(directory.resolve("errors/checkpoint")).doesNotExist();
        assertDone(once(configuration));
        CommandRun.of("checkpoint", "new-instance", directory.resolve("errors/checkpoint"));
        assertRefused(once(configuration, "--adopt", "nobody-at-all"), "no instance of this name");
        assertThat(directory.resolve("errors/checkpoint")).exists();
    }

    private static void assertRefused(CommandRun run, String words) {
        assertThat(run.exitCode()).as(run.errors()).isEqualTo(2);
        assertThat(run.errors()).contains(words);
    }

    private static void assertDone(CommandRun run) {
        assertThat(run.exitCode()).as(run.errors()).isEqualTo(0);
    }

    private static CommandRun once(Path configuration, String... options) {
        List<Object> arguments = new ArrayList<>(List.of("run", "--once", "-c", configuration));
        arguments.addAll(List.of(options));
        return CommandRun.of(arguments.toArray());
    }

    private ForkedProgram daemon(Path configuration) throws IOException {
        Path its = Files.createTempDirectory(directory, "daemon");
        return ForkedProgram.start(its, "run", "-c", configuration.toString());
    }

    private String ownName(Path configuration) {
        String checkpoint = configuration.getFileName().toString().replace(".yaml", "/checkpoint");
        Matcher line = Pattern.compile("(?m)^(\\S+): checkpoint \\S+, " + Pattern.quote(directory + "/") + "(\\S+) on")
                .matcher(CommandRun.of("positions", "list", "-c", configuration).output());
        while (line.find()) {
            if (line.group(2).equals(checkpoint)) {
                return line.group(1);
            }
        }
        throw new AssertionError("no claim of " + checkpoint);
    }

    private static String adoptOf(String message) {
        Matcher adopt = Pattern.compile("--adopt (\\S+)").matcher(message);
        assertThat(adopt.find()).as(message).isTrue();
        return adopt.group(1);
    }

    private Path configuration(String id, String literal, String instance) throws IOException {
        Path file = directory.resolve(id + ".yaml");
        Files.writeString(file, """
            %scheckpoint: { path: %s }
            inputs:
              - id: %s
                include: [ %s ]
                windowBytes: 64KiB
            rules:
              - id: rule
                match: { literal: '%s' }
                emit: { topic: %s-%s }
            output:
              kafka:
                bootstrapServers: %s
                properties: { transaction.timeout.ms: 10000 }
            """.formatted(
                        instance.isEmpty() ? "" : "instance: " + instance + "\n",
                        directory.resolve(id).resolve("checkpoint"),
                        id,
                        log,
                        literal,
                        name,
                        literal,
                        broker.bootstrapServers()));
        return file;
    }

    private void lose(String id) throws IOException {
        try (var files = Files.list(directory.resolve(id))) {
            for (Path file : files.toList()) {
                Files.delete(file);
            }
        }
    }

    private void copyState(String from, String to) throws IOException {
        Files.createDirectories(directory.resolve(to));
        try (var files = Files.list(directory.resolve(from))) {
            for (Path file : files.toList()) {
                Files.copy(file, directory.resolve(to).resolve(file.getFileName()));
            }
        }
    }

    /** Replaces what stands in the log from an offset on; the file stays the same one. */
    private void rewrite(long from, byte[] bytes) throws IOException {
        try (FileChannel channel = FileChannel.open(log, StandardOpenOption.WRITE)) {
            channel.truncate(from);
            channel.position(from);
            channel.write(ByteBuffer.wrap(bytes));
        }
    }

    private void write(int count) throws IOException {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < count; i++) {
            text.append(line(written++)).append('\n');
        }
        Files.writeString(log, text, StandardOpenOption.APPEND);
    }

    private static String line(int number) {
        return "%s line %07d".formatted(number % 2 == 0 ? "ERROR" : "WARN", number);
    }

    private List<String> lines(String literal) {
        return IntStream.range(0, written)
                .mapToObj(InstancesTest::line)
                .filter(line -> line.contains(literal))
                .toList();
    }

    private List<String> values(String literal) {
        List<String> values = new ArrayList<>();
        new TopicReader(broker.bootstrapServers(), Map.of())
                .readAll(
                        List.of(name + "-" + literal),
                        Duration.ofSeconds(30),
                        record -> values.add(new String(record.value(), StandardCharsets.UTF_8)));
        return values;
    }

    private void assertEachOnce(String... literals) {
        for (String literal : literals) {
            assertThat(values(literal)).isEqualTo(lines(literal));
        }
    }

    private void awaitEachOnce(String... literals) {
        await().atMost(SOON).untilAsserted(() -> assertEachOnce(literals));
    }
}
