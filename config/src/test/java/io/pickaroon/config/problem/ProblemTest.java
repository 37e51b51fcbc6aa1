package io.pickaroon.config.problem;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ProblemTest {
    private static final Path FILE = Path.of("shop.yaml");

    @Test
    void isPrintedAsACompilerDoes() {
        Problem problem = new Problem(
                FILE,
                12,
                13,
                "unknown key 'tpoic' in 'emit'",
                Optional.of("did you mean 'topic'?"),
                Optional.of(new SourceExcerpt("    emit: { tpoic: shop-errors }", 13)));

        assertThat(problem.render().lines())
                .containsExactly(
                        "shop.yaml:12:13: error: unknown key 'tpoic' in 'emit'; did you mean 'topic'?",
                        "        emit: { tpoic: shop-errors }",
                        "                ^");
    }

    @Test
    void aProblemOfTheWholeFileHasNoPosition() {
        assertThat(Problem.ofFile(FILE, "there is no such file").render())
                .isEqualTo("shop.yaml: error: there is no such file");
    }

    @Test
    void tabsKeepTheCaretInPlace() {
        assertThat(SourceExcerpt.of("\ta: b", 5)).isEqualTo("    \ta: b\n    \t   ^");
    }

    @Test
    void theCaretStandsWhereItStoodBesideWhatIsHidden() {
        String written = "{ password: hunter2hunter2, acks: x }";
        String shown = "{ password: ****, acks: x }";

        assertThat(SourceExcerpt.concealed(written, shown, 3).column()).isEqualTo(3);
        assertThat(SourceExcerpt.concealed(written, shown, 20).column()).isEqualTo(13);
        assertThat(SourceExcerpt.concealed(written, shown, 35).column()).isEqualTo(25);
        assertThat(SourceExcerpt.concealed(written, written, 20).column()).isEqualTo(20);
    }

    @Test
    void aLongLineIsCutAroundTheCaret() {
        String line = "a".repeat(5_000) + "X" + "b".repeat(5_000);

        List<String> excerpt = SourceExcerpt.of(line, 5_001).lines().toList();

        assertThat(excerpt).hasSize(2).allMatch(text -> text.length() <= 124);
        assertThat(excerpt.getFirst().charAt(excerpt.getLast().indexOf('^'))).isEqualTo('X');
    }

    @Test
    void controlCharactersDoNotReachTheTerminal() {
        assertThat(SourceExcerpt.of("a\u001b[31m", 1)).doesNotContain("\u001b");
    }

    @Test
    void onlyTheFirstHundredProblemsArePrinted() {
        List<Problem> many = Collections.nCopies(103, Problem.ofFile(FILE, "wrong"));

        SettingsException exception = new SettingsException(many);

        assertThat(exception.problems()).hasSize(103);
        assertThat(exception.getMessage().lines()).hasSize(101).last().isEqualTo("and 3 more");
    }
}
