package io.pickaroon.inputs.discovery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.pickaroon.config.settings.FileSettings;
import io.pickaroon.config.settings.InputSettings;
import io.pickaroon.config.settings.RecordSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InputFilesTest {
    @TempDir
    private Path directory;

    @BeforeEach
    void writeFiles() throws IOException {
        for (String name :
                List.of("a.log", "b.log", "b.log.1", "c.tmp", "sub/d.log", "sub/deep/e.log", "we [ird]/f.log")) {
            Path file = directory.resolve(name);
            Files.createDirectories(file.getParent());
            Files.writeString(file, name);
        }
    }

    @Test
    void aStarStaysInOneDirectory() throws IOException {
        assertThat(found(List.of(directory + "/*.log"))).containsExactly("a.log", "b.log");
        assertThat(found(List.of(directory + "/*/*.log"))).containsExactly("sub/d.log", "we [ird]/f.log");
    }

    @Test
    void twoStarsCrossDirectoriesAndAlsoStandForNone() throws IOException {
        assertThat(found(List.of(directory + "/**/*.log")))
                .containsExactly("a.log", "b.log", "sub/d.log", "sub/deep/e.log", "we [ird]/f.log");
    }

    @Test
    void twoStarsMayStandTwice() throws IOException {
        assertThat(found(List.of(directory + "/**/sub/**/*.log"))).containsExactly("sub/d.log", "sub/deep/e.log");
        assertThat(found(List.of(directory + "/**/**/deep/**"))).containsExactly("sub/deep/e.log");
    }

    @Test
    void aChoiceMayHoldDirectories() throws IOException {
        assertThat(found(List.of("{" + directory + "/sub," + directory + "/we \\[ird]}/{d,f}.log")))
                .containsExactly("sub/d.log", "we [ird]/f.log");
        assertThat(found(List.of("{sub,nowhere}/d.log"))).containsExactly("sub/d.log");
    }

    @Test
    void linksToDirectoriesAreFollowedAndLoopsAddNothing() throws IOException {
        Files.createSymbolicLink(directory.resolve("sub/again"), directory.resolve("sub"));
        Path elsewhere = Files.createDirectory(directory.resolve("elsewhere"));
        Files.writeString(elsewhere.resolve("g.log"), "g");
        Files.createSymbolicLink(directory.resolve("sub/link"), elsewhere);

        assertThat(found(List.of(directory + "/sub/**/*.log")))
                .containsExactly("sub/d.log", "sub/deep/e.log", "sub/link/g.log");
    }

    @Test
    void onlyDirectoriesInWhichFilesMayBeAreEntered() throws IOException {
        InputSettings input = input("test", List.of(directory + "/s*/d*/*.log"), List.of());

        assertThat(new InputDiscovery(input, directory, true, new OutputFiles(List.of()))
                        .find()
                        .directories())
                .containsExactlyInAnyOrder(directory, directory.resolve("sub"), directory.resolve("sub/deep"));
    }

    @Test
    void archivesMayBeNamedByAChoiceOfSuffixes() throws IOException {
        Files.writeString(directory.resolve("a.log.zst"), "");

        assertThat(found(List.of(directory + "/*.{gz,zst}"))).containsExactly("a.log.zst");
    }

    @Test
    void aPlainPathIsAPattern() throws IOException {
        assertThat(found(List.of(directory + "/b.log.1"))).containsExactly("b.log.1");
    }

    @Test
    void aRelativePatternBeginsInTheWorkingDirectory() throws IOException {
        assertThat(found(List.of("*.log"), List.of(), directory.resolve("sub"))).containsExactly("sub/d.log");
        assertThat(found(List.of("../*.log"), List.of(), directory.resolve("sub")))
                .containsExactly("a.log", "b.log");
        assertThat(found(List.of("f.log"), List.of(), directory.resolve("we [ird]")))
                .containsExactly("we [ird]/f.log");
    }

    @Test
    void whatIsExcludedIsLeftOutByNameOrByPath() throws IOException {
        assertThat(found(List.of(directory + "/*"), List.of("*.tmp", "*.1"), directory))
                .containsExactly("a.log", "b.log");
        assertThat(found(List.of(directory + "/**/*.log"), List.of(directory + "/sub/**", "we*/*"), directory))
                .containsExactly("a.log", "b.log");
    }

    @Test
    void nothingThereIsNoFailure() throws IOException {
        assertThat(found(List.of(directory + "/nowhere/*.log", directory + "/x*")))
                .isEmpty();
    }

    @Test
    void aFileUnderSeveralNamesIsReadOnce() throws IOException {
        Files.createSymbolicLink(directory.resolve("link.log"), directory.resolve("a.log"));
        Files.createLink(directory.resolve("z.log"), directory.resolve("b.log"));

        assertThat(found(List.of(directory + "/*.log", directory + "/a*"))).containsExactly("a.log", "b.log");
    }

    @Test
    void aFileOfTwoInputsIsRefused() {
        List<InputSettings> inputs = List.of(
                input("one", List.of(directory + "/*.log"), List.of()),
                input("two", List.of(directory + "/b*"), List.of()));

        assertThatThrownBy(() -> InputFiles.find(inputs, directory))
                .isInstanceOf(DiscoveryException.class)
                .hasMessageContainingAll(directory + "/b.log", "input one", "input two");
    }

    @Test
    void aPatternThatIsNoneIsRefused() {
        assertThatThrownBy(() -> found(List.of(directory + "/[a")))
                .isInstanceOf(DiscoveryException.class)
                .hasMessageContaining("[a' is no pattern for files");
    }

    @Test
    void sizesAreAddedUp() throws IOException {
        InputFiles files = InputFiles.find(
                List.of(
                        input("one", List.of(directory + "/a.log"), List.of()),
                        input("two", List.of(directory + "/b.*"), List.of())),
                directory);

        assertThat(files.sizeBytes("one")).isEqualTo("a.log".length());
        assertThat(files.totalBytes()).isEqualTo("a.logb.logb.log.1".length());
    }

    @Test
    void anOutputThatAnInputHasUnderAnotherNameIsRefused() throws IOException {
        Path elsewhere = Files.createDirectory(directory.resolve("elsewhere"));
        Path toDirectory = Files.createSymbolicLink(elsewhere.resolve("logs"), directory);
        Path hardLink = Files.createLink(elsewhere.resolve("out"), directory.resolve("a.log"));
        Path toNothing = Files.createSymbolicLink(elsewhere.resolve("later"), directory.resolve("not-there.log"));
        Path throughLinks = Files.createSymbolicLink(elsewhere.resolve("again"), toNothing.getFileName());
        for (Path output : List.of(
                hardLink, toNothing, throughLinks, toDirectory.resolve("b.log"), toDirectory.resolve("new.log"))) {
            assertThatThrownBy(() -> find(directory, output))
                    .isInstanceOf(DiscoveryException.class)
                    .hasMessageContainingAll(output + ": is the output and a file of input app, as " + directory);
        }
    }

    @Test
    void anOutputIsComparedAlsoWhereThePatternLeadsThroughLinks() throws IOException {
        Path link = Files.createSymbolicLink(directory.resolve("link"), directory.resolve("sub"));
        assertThatThrownBy(() -> find(link, directory.resolve("sub/out.log")))
                .isInstanceOf(DiscoveryException.class)
                .hasMessageContainingAll(directory + "/sub/out.log: is the output", "as " + link + "/out.log");
    }

    @Test
    void anOutputBesideTheFilesOfAnInputIsNone() throws IOException {
        assertThat(find(directory, directory.resolve("out.ndjson")).of("app")).hasSize(2);
        assertThat(find(directory, Path.of("/dev/stdout")).of("app")).hasSize(2);
        assertThat(find(directory, directory.resolve("nowhere/out.log")).of("app"))
                .hasSize(2);
    }

    @Test
    void anOutputThatGetsAnotherNameLaterIsLeftOutAlsoWhenItWasRotated() throws IOException {
        Path output = Files.writeString(directory.resolve("out.ndjson"), "{}\n");
        InputFiles files = find(directory, output);
        Files.createLink(directory.resolve("hard.log"), output);
        assertThat(files.discovery("app").find().files())
                .extracting(Path::getFileName)
                .map(Path::toString)
                .containsExactly("a.log", "b.log");

        Files.move(output, directory.resolve("rotated.log"));
        Files.writeString(output, "{}\n");
        assertThat(files.discovery("app").find().files())
                .extracting(Path::getFileName)
                .map(Path::toString)
                .containsExactly("a.log", "b.log");

        Files.createSymbolicLink(directory.resolve("soft.log"), output);
        Files.writeString(directory.resolve("new.log"), "");
        assertThat(files.discovery("app").find().files())
                .extracting(Path::getFileName)
                .map(Path::toString)
                .containsExactly("a.log", "b.log", "new.log");
    }

    @Test
    void whatWouldFeedOnItselfIsAskedAgainBeforeTheOutputIsOpened() throws IOException {
        Path output = directory.resolve("out.ndjson");
        InputFiles files = find(directory, output);
        assertThat(files.feedback(output)).isEmpty();
        Files.createLink(output, directory.resolve("b.log"));
        assertThat(files.feedback(output)).get().asString().contains("as " + directory + "/b.log");
    }

    private static InputFiles find(Path logs, Path output) throws IOException {
        return InputFiles.find(List.of(input("app", List.of(logs + "/*.log"), List.of())), logs, true, List.of(output));
    }

    private List<String> found(List<String> include) throws IOException {
        return found(include, List.of(), directory);
    }

    private List<String> found(List<String> include, List<String> exclude, Path workingDirectory) throws IOException {
        return InputFiles.find(List.of(input("test", include, exclude)), workingDirectory).of("test").stream()
                .map(path -> directory.relativize(path).toString())
                .toList();
    }

    private static InputSettings input(String id, List<String> include, List<String> exclude) {
        return new InputSettings(
                id,
                new FileSettings(include, exclude, Optional.empty()),
                InputSettings.Start.BEGINNING,
                1 << 20,
                new RecordSettings(RecordSettings.LineBreak.AUTO, 1 << 20, Optional.empty(), Optional.empty()));
    }
}
