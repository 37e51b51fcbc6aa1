package io.pickaroon.app;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.pickaroon.app.InstalledProgram.Ended;
import io.pickaroon.processor.directio.NativePath;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The program as the launcher starts it: with the descriptors, the locale and the directory that its caller has. */
@Timeout(180)
@Execution(ExecutionMode.CONCURRENT)
class SurroundingsTest {
    private static final String UTF_8_LOCALE = "C.UTF-8";

    @TempDir
    Path directory;

    private InstalledProgram program;

    @BeforeEach
    void install() throws IOException {
        program = InstalledProgram.in(directory);
    }

    @Test
    void theStandardStreamsAreTheCallersUnderTheirNamesToo() throws Exception {
        write("in.log", "one WARN\ntwo\n");
        write("messages", "a WARN of another program\n");
        configure("in.log", "{ file: { path: /dev/stderr } }");

        Ended scanned = program.bash(UTF_8_LOCALE, "pickaroon scan /dev/stdin -F WARN <in.log 2>>messages");
        assertThat(scanned).isEqualTo(new Ended(0, "one WARN\n", ""));
        Ended fixed = program.bash(
                UTF_8_LOCALE, "pickaroon fix /dev/fd/0 -F WARN --replace DONE --state st <in.log 2>>messages");
        assertThat(fixed.code()).isZero();
        assertThat(read("in.log")).isEqualTo("one DONE\ntwo\n");
        assertThat(read("messages")).startsWith("a WARN of another program\n");
        assertThat(program.bash(UTF_8_LOCALE, "pickaroon check -c /dev/stdin <c.yaml")
                        .out())
                .startsWith("/dev/stdin: ok\n");
        write("in.log", "three WARN\n");
        Ended ran = program.bash(UTF_8_LOCALE, "pickaroon run -c c.yaml --once 2>&1 >out | cat >messages");
        assertThat(ran.code()).isZero();
        assertThat(read("messages")).contains("\"record\":\"three WARN\"", "output /dev/stderr is a stream");
    }

    @Test
    void nothingGetsThePlaceOfADescriptorThatIsClosed() throws Exception {
        write("in.log", "one WARN\n");
        configure("in.log", "{ file: { path: out.ndjson } }");
        Ended ended = program.bash(
                UTF_8_LOCALE,
                "pickaroon run -c c.yaml --once >&- 2>&- <&-; echo $?",
                "pickaroon run -c c.yaml --once --log-format json 2>&-; echo $?",
                "pickaroon scan in.log -F WARN >&-; echo $?",
                "pickaroon scan /dev/stdin -F WARN <&-; echo $?",
                "pickaroon scan missing.log -F WARN 2>&-; echo $?");
        assertThat(read("out.ndjson").lines()).hasSize(1);
        assertThat(program.bash(UTF_8_LOCALE, "pickaroon checkpoint fsck state/cp")
                        .code())
                .isZero();
        assertThat(ended.out().lines().filter(line -> line.length() == 1)).endsWith("2", "2", "2");
        assertThat(ended.err().lines()).hasSize(2).first().asString().contains("Bad file descriptor");
    }

    @ParameterizedTest
    @ValueSource(strings = {UTF_8_LOCALE, "C", "POSIX", "de_DE.UTF-8", "fr_FR.ISO-8859-1", ""})
    void theLocaleChangesNothing(String locale) throws Exception {
        Files.createDirectories(directory.resolve("gr\u00f6\u00dfe"));
        write("gr\u00f6\u00dfe/\u65e5\u672c.log", "\u00c4rger 1\nsonst\n");
        write("gr\u00f6\u00dfe/plain.log", "\u00c4rger 2\n");
        configure("${WHERE}/*.log", "{ file: { path: \"gr\u00f6\u00dfe/out.ndjson\" } }");

        Ended scanned = program.bash(locale, bytes("pickaroon scan gr\u00f6\u00dfe/*.log -F \u00c4rger"));
        assertThat(scanned.err().lines().filter(line -> !line.startsWith("bash: ")))
                .isEmpty();
        assertThat(scanned.out())
                .isEqualTo(bytes(
                        "gr\u00f6\u00dfe/plain.log:\u00c4rger 2\ngr\u00f6\u00dfe/\u65e5\u672c.log:\u00c4rger 1\n"));
        Ended missing = program.bash(locale, bytes("pickaroon scan gr\u00f6\u00dfe/nicht.log -e \u00c4"));
        assertThat(missing.code()).isEqualTo(2);
        assertThat(missing.err()).endsWith(bytes("pickaroon: gr\u00f6\u00dfe/nicht.log: no such file\n"));
        String run = bytes("WHERE=gr\u00f6\u00dfe pickaroon run -c c.yaml --once");
        assertThat(program.bash(locale, run).code()).isZero();
        assertThat(program.bash(locale, run).code()).isZero();
        assertThat(read("gr\u00f6\u00dfe/out.ndjson").lines())
                .hasSize(2)
                .anyMatch(line -> line.contains("gr\u00f6\u00dfe/\u65e5\u672c.log\""));
    }

    @Test
    void aNameThatIsNoUtf8IsNamedFoundFollowedAndWrittenSoThatItCanBeReadBack() throws Exception {
        Path odd = NativePath.of((directory + "/k\u00e4se\u00ff.log").getBytes(ISO_8859_1));
        Files.writeString(odd, "WARN 1\n");
        configure("*.log", "{ file: { path: out.ndjson } }");

        Ended scanned =
                program.bash(UTF_8_LOCALE, "pickaroon scan *.log c.yaml -F WARN", "pickaroon scan k\u00e4se.log -F x");
        assertThat(scanned.out()).isEqualTo("k\\xe4se\\xff.log:WARN 1\nc.yaml:    match: { literal: WARN }\n");
        assertThat(scanned.err()).isEqualTo("pickaroon: k\\xe4se.log: no such file\n");
        assertThat(program.bash(UTF_8_LOCALE, "pickaroon run -c c.yaml --once").code())
                .isZero();
        Files.move(odd, NativePath.of((directory + "/k\u00e4se\u00fe.log").getBytes(ISO_8859_1)));
        program.bash(UTF_8_LOCALE, "echo WARN 2 >>$'k\\xe4se\\xfe.log'; echo WARN 3 >$'k\\xe4se\\xff.log'");
        assertThat(program.bash("C", "pickaroon run -c c.yaml --once").code()).isZero();
        assertThat(read("out.ndjson").lines().map(line -> line.replaceAll(".*\"record\":\"([^\"]*)\".*", "$1")))
                .containsExactlyInAnyOrder("WARN 1", "WARN 2", "WARN 3");
        assertThat(read("out.ndjson")).contains("\"file\":\"" + directory + "/k\\\\xe4se\\\\xff.log\"");
        assertThat(program.bash(UTF_8_LOCALE, "pickaroon checkpoint show state/cp")
                        .out())
                .contains(directory + "/k\\xe4se\\xff.log", "rotated");
    }

    @Test
    void aNameNeitherBeginsALineOfAMessageNorCommandsATerminal() throws Exception {
        String shown = "/x\\x0aERROR 9 bytes are lost\\x1b[31m\\xe4.gz";
        String name = "/x\nERROR 9 bytes are lost\u001b[31m\u00e4.gz";
        Path odd = NativePath.of((directory + name).getBytes(ISO_8859_1));
        Files.writeString(odd, "\u001f\u008bno gzip\n", ISO_8859_1);
        Files.writeString(NativePath.of((directory + name + ".log").getBytes(ISO_8859_1)), "WARN 1\n");
        configure("x*.gz\", \"x*.log", "{ file: { path: out.ndjson } }");
        for (String command : new String[] {
            "scan x* -F WARN",
            "scan missing$'\\n\\e[1m' -F WARN",
            "fix x*.gz -F WARN --replace DONE",
            "run -c c.yaml --once",
            "run -c c.yaml --once --log-format json",
            "run -c c.yaml --once --stacktrace",
            "checkpoint show state/cp",
            "check -c $'c\\n\\e[1m.yaml'"
        }) {
            Ended ended = program.bash(UTF_8_LOCALE, "pickaroon " + command);
            String all = ended.out() + ended.err();
            assertThat(all.lines()).as(command).noneMatch(line -> line.startsWith("ERROR 9 bytes"));
            assertThat(all).as(command).doesNotContain("\u001b", "\ufffd");
            if (command.startsWith("run")) {
                assertThat(ended.err()).contains(command.contains("json") ? shown.replace("\\", "\\\\") : shown);
            }
        }
        assertThat(read("out.ndjson")).contains("x\\nERROR 9 bytes are lost\\u001B[31m\\\\xe4.gz.log\"");
    }

    @Test
    void whatCannotBeReadIsSaidOnce() throws Exception {
        Files.createDirectory(directory.resolve("locked"));
        Files.writeString(directory.resolve("a.log"), "WARN 1\n");
        configure("**/*.log", "{ file: { path: out.ndjson } }");
        // Root may read everything as long as it has these capabilities.
        Ended ended = program.bash(
                UTF_8_LOCALE,
                "chmod 0 locked",
                "[ $UID -ne 0 ] || set -- setpriv --bounding-set=-dac_override,-dac_read_search",
                "\"$@\" installed/bin/pickaroon run -c c.yaml --once; code=$?",
                "chmod 700 locked; exit $code");
        assertThat(ended.err().lines().filter(line -> line.contains("cannot be read")))
                .as(ended.err())
                .hasSize(1);
    }

    @Test
    void checkSaysWhichFilesWithFixesThisUserMayNotWrite() throws Exception {
        Files.writeString(directory.resolve("locked.log"), "WARN 1\n");
        Files.writeString(directory.resolve("open.log"), "WARN 1\n");
        Files.writeString(directory.resolve("c.yaml"), """
            checkpoint: { path: state/checkpoint }
            inputs: [ { id: app, include: [ "*.log" ] } ]
            rules: [ { id: warnings, match: { literal: WARN }, fix: { replace: DONE } } ]
            output: { file: { path: out.ndjson } }
            """);
        Ended ended = program.bash(
                UTF_8_LOCALE,
                "chmod 400 locked.log",
                "[ $UID -ne 0 ] || set -- setpriv --bounding-set=-dac_override,-dac_read_search",
                "\"$@\" installed/bin/pickaroon check -c c.yaml");
        assertThat(ended.code()).as(ended.err()).isEqualTo(1);
        assertThat(ended.err())
                .contains("c.yaml:2:", "locked.log: no permission to read and write it", "a run leaves this file out");
        assertThat(ended.out()).contains("input app: 2 files", "/open.log").doesNotContain("/locked.log");
    }

    @Test
    void aPatternMayHaveBytesThatAreNoUtf8() throws Exception {
        Files.write(directory.resolve("latin.log"), "k\u00e4se (1)\nkase (1)\n".getBytes(ISO_8859_1));
        for (String pattern : new String[] {"-F $'k\\xe4se (1)'", "-e $'\\xe4s+e'", "-i -F $'K\\xe4SE'"}) {
            assertThat(program.bash(UTF_8_LOCALE, "pickaroon scan latin.log " + pattern))
                    .isEqualTo(new Ended(0, "k\u00e4se (1)\n", ""));
        }
        Ended refused = program.bash(UTF_8_LOCALE, "pickaroon fix latin.log -F kase --replace $'k\\xe4se'");
        assertThat(refused.code()).isEqualTo(2);
        assertThat(refused.err()).contains("--replace takes a text in UTF-8");
    }

    @Test
    void aDirectoryWhoseNameIsNoUtf8IsAPlaceToWorkIn() throws Exception {
        Path odd = Files.createDirectory(NativePath.of((directory + "/d\u00ff").getBytes(ISO_8859_1)));
        Files.writeString(odd.resolve("a.log"), "WARN 1\n");
        configure("*.log", "{ file: { path: out.ndjson } }");
        Ended ended = program.bash(
                UTF_8_LOCALE,
                "cd $'d\\xff' && pickaroon scan a.log -F WARN && pickaroon run -c ../c.yaml --once && ls",
                "pickaroon checkpoint reset state/cp --file ./a.log --yes");
        assertThat(ended.code()).as(ended.err()).isZero();
        assertThat(ended.out())
                .startsWith("WARN 1\n")
                .contains("a.log\nout.ndjson\nstate\n")
                .endsWith("/d\\xff/a.log: 7 bytes are read again, from offset 0 to 7\n");
        assertThat(Files.readString(odd.resolve("out.ndjson"))).contains("/d\\\\xff/a.log");
    }

    @Test
    void aVariableThatIsNoUtf8IsRefusedWithItsName() throws Exception {
        configure("${WHERE}/*.log", "{ kafka: { bootstrapServers: \"127.0.0.1:1\" } }");
        for (String command : new String[] {"check", "run --once", "positions list"}) {
            assertThat(program.bash("C", "WHERE=$'/k\\xe4se' pickaroon " + command + " -c c.yaml"))
                    .isEqualTo(new Ended(
                            2,
                            "",
                            "pickaroon: environment variable WHERE is not UTF-8: '/k\\xe4se'; give it a value"
                                    + " in UTF-8\n"));
        }
    }

    @Test
    void aDeletedWorkingDirectoryIsSaid() throws Exception {
        Ended ended = program.bash(
                UTF_8_LOCALE, "mkdir gone; cd gone; rmdir ../gone", "pickaroon scan " + directory + "/x -F a; echo $?");
        assertThat(ended.out()).isEqualTo("2\n");
        assertThat(ended.err().lines().filter(line -> line.startsWith("pickaroon: ")))
                .containsExactly("pickaroon: the working directory was deleted, or a directory above it may not be"
                        + " searched; change to another one");
    }

    @Test
    void whatIsWrittenToAPipeIsInOrderAndEndsWithIt() throws Exception {
        program.bash(UTF_8_LOCALE, "seq -f 'WARN %.0f' 1 50000 >in.log");
        configure("in.log", "{ file: { path: /dev/stdout } }");
        Ended ended = program.bash(
                UTF_8_LOCALE,
                "pickaroon run -c c.yaml --once | grep -o 'WARN [0-9]*' | cmp - in.log && echo same",
                "rm -r state; pickaroon run -c c.yaml --once 2>messages | head -n 1 >first; echo ${PIPESTATUS[0]}");
        assertThat(ended.out()).isEqualTo("same\n1\n");
        assertThat(read("messages")).contains("cannot write to output /dev/stdout: Broken pipe");
    }

    private void configure(String include, String output) throws IOException {
        write("c.yaml", """
            checkpoint: { path: state/cp }
            inputs:
              - { id: app, include: [ "%s" ] }
            rules:
              - id: warnings
                match: { literal: %s }
                emit: { topic: t }
            output: %s
            """.formatted(include, include.contains("$") ? "\"\u00c4rger\"" : "WARN", output));
    }

    private void write(String name, String content) throws IOException {
        Files.writeString(directory.resolve(name), content);
    }

    private String read(String name) throws IOException {
        return Files.readString(directory.resolve(name));
    }

    /** A text as its UTF-8 bytes, a character for each. */
    private static String bytes(String text) {
        return new String(text.getBytes(UTF_8), ISO_8859_1);
    }
}
