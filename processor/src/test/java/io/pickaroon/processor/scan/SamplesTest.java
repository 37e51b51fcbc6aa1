package io.pickaroon.processor.scan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.pickaroon.processor.rule.Captures;
import io.pickaroon.processor.rule.Context;
import io.pickaroon.processor.rule.EmitOptions;
import io.pickaroon.processor.rule.Fix;
import io.pickaroon.processor.rule.MatchIds;
import io.pickaroon.processor.rule.Pattern;
import io.pickaroon.processor.rule.Rule;
import io.pickaroon.processor.rule.Sample;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A rule with a sample emits those of its matches whose ids are chosen, and counts the others. */
class SamplesTest {
    private static final int RECORDS = 20_000;
    private static final Fix FIX = new Fix(new Fix.Mask('*', 0, 0), "", 0);

    @TempDir
    Path directory;

    @Test
    void idsDecideForEachRule() throws IOException {
        Rule tenth = rule("tenth", 10, Captures.NONE);
        Rule third = rule("third", 3, new Captures(List.of(), List.of("v"), true));
        Rule all = new Rule("all", new Pattern.Literal("n=7", false));
        ScannedTexts found = scan(new PartLimit(1 << 20, 777), tenth, third, all);

        List<String> expected = new ArrayList<>();
        List<String> emitted = new ArrayList<>();
        for (ScannedWindow part : found.parts()) {
            MatchBatch batch = part.matches();
            MatchIds ids = new MatchIds(part.file().identity());
            for (int match = 0; match < batch.size(); match++) {
                emitted.add(batch.rule(match).id() + "@" + batch.recordOffset(match));
            }
            for (long offset = part.startOffset();
                    offset < part.end().offset();
                    offset += record(0).length()) {
                if (choosesById(ids, offset, tenth)) {
                    expected.add("tenth@" + offset);
                }
                if (choosesById(ids, offset, third)) {
                    expected.add("third@" + offset);
                }
                if (record((int) (offset / record(0).length())).contains("n=7")) {
                    expected.add("all@" + offset);
                }
            }
        }
        assertThat(found.parts()).hasSizeGreaterThan(5);
        assertThat(emitted).isEqualTo(expected).hasSizeBetween(RECORDS / 3, RECORDS);
        assertThat(found.parts())
                .allSatisfy(part -> assertThat(
                                part.matches().sampledOut(0) + part.matches().sampledOut(1))
                        .isEqualTo((int) part.matches().sampledOut())
                        .isEqualTo(part.matches().matchedRecords(0)
                                + part.matches().matchedRecords(1)
                                + part.matches().matchedRecords(2)
                                - part.matches().size()));
        assertThat(found.parts())
                .allSatisfy(part -> assertThat(part.tally().matchedRecords())
                        .isEqualTo(part.matches().matchedRecords(0))
                        .isEqualTo(part.tally().records()));
    }

    /** As a consumer does who has the id alone. */
    private static boolean choosesById(MatchIds ids, long offset, Rule rule) {
        byte[] id = ids.id(offset, MatchIds.rulePart(rule.id()));
        return Long.remainderUnsigned(MatchIds.hash(id), rule.options().sample().oneIn()) == 0;
    }

    @Test
    void whatIsLeftOutIsNotCopied() throws IOException {
        ScannedTexts found = scan(PartLimit.STANDARD, rule("never", Sample.MOST, Captures.NONE));
        MatchBatch batch = found.parts().getFirst().matches();
        assertThat(found.parts()).hasSize(1);
        assertThat(batch.sampledOut(0) + batch.size()).isEqualTo(RECORDS).isEqualTo(batch.matchedRecords(0));
        assertThat(batch.recordBytes()).isEqualTo(batch.size() * (record(0).length() - 1));
        assertThat(batch.size()).isLessThan(10);
    }

    @Test
    void masksHoldForWhatIsChosenAlsoThoseOfRulesThatLeaveItOut() throws IOException {
        Rule never = new Rule(
                "masks",
                new Pattern.Literal("n=", false),
                true,
                Optional.of(new Fix(new Fix.Mask('*', 0, 0), "", 0, Fix.When.NEVER)),
                options(Sample.MOST, Captures.NONE));
        ScannedTexts found = scan(PartLimit.STANDARD, never, new Rule("all", new Pattern.Literal("v=", false)));
        assertThat(found.values())
                .hasSizeBetween(RECORDS, RECORDS + 10)
                .allSatisfy(values -> assertThat(values.getFirst()).startsWith("**"));
    }

    @Test
    void aFixThatChangesFilesLeavesNothingOut() {
        Pattern pattern = new Pattern.Literal("n=", false);
        assertThatThrownBy(() -> new Rule("r", pattern, true, Optional.of(FIX), options(2, Captures.NONE)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("sample");
        assertThat(new Rule("r", pattern, true, Optional.of(FIX), options(1, Captures.NONE)).changesFiles())
                .isTrue();
    }

    @Test
    void aSampleHasBounds() {
        assertThatThrownBy(() -> new Sample(0)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Sample(Sample.MOST + 1)).isInstanceOf(IllegalArgumentException.class);
        assertThat(new Sample(Sample.MOST).chooses(0)).isTrue();
    }

    private ScannedTexts scan(PartLimit limit, Rule... rules) throws IOException {
        StringBuilder log = new StringBuilder();
        for (int i = 0; i < RECORDS; i++) {
            log.append(record(i));
        }
        return ScannedTexts.of(directory, log.toString(), Optional.of(new PercentFields()), limit, rules);
    }

    private static String record(int number) {
        return "n=%05d;v=a%%41\n".formatted(number);
    }

    private static Rule rule(String id, int oneIn, Captures captures) {
        return new Rule(id, new Pattern.Literal("n=", false), true, Optional.empty(), options(oneIn, captures));
    }

    private static EmitOptions options(int oneIn, Captures captures) {
        return new EmitOptions(captures, Context.NONE, new Sample(oneIn));
    }
}
