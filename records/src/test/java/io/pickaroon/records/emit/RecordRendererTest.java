package io.pickaroon.records.emit;

import static io.pickaroon.records.emit.FormFixture.latin1;
import static io.pickaroon.records.emit.FormFixture.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.pickaroon.records.emit.RenderProblem.Kind;
import io.pickaroon.records.emit.RenderedRecord.TimeSource;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RecordRendererTest {
    private final RenderedRecord rendered = new RenderedRecord();

    /** Every name of the language, in topic, key, header and the line of a file. */
    @ParameterizedTest
    @CsvSource({
        "{host}, h1, h1",
        "{instance}, shop-1, shop-1",
        "{input}, pods, pods",
        "{rule}, errors, errors",
        "{file}, /var/log/pods/shop_web-0/a b.log, _var_log_pods_shop_web-0_a_b.log",
        "{file.name}, a b.log, a_b.log",
        "{offset}, 4711, 4711",
        "{id}, 0011223344556677-1267-89abcdef, 0011223344556677-1267-89abcdef",
        "{time}, 2026-11-30T00:53:20.007Z, 2026-11-30T00_53_20.007Z",
        "{path.pod}, web-0, web-0",
        "{group.user}, ann, ann",
        "{field.level}, warn, warn",
        "{field.team}, shop, shop",
        "{env.SITE}, north, north",
        "{field.none:unknown}, unknown, unknown",
        "{group.none:unknown}, unknown, unknown",
        "{{{host}}}, {h1}, _h1_",
        "größe, größe, gr__e",
    })
    void everyNameHasItsValueInEveryText(String template, String value, String topic) {
        FormFixture fixture = new FormFixture()
                .topic("t-{host:}-" + template)
                .key(template)
                .header("h", template)
                .group("user", "ann")
                .field("level", "warn")
                .staticField("team", "shop");
        RenderedRecord made = fixture.rendered();

        assertThat(made.topic()).isEqualTo("t-h1-" + topic);
        assertThat(made.isTopicChanged()).isEqualTo(!topic.equals(value));
        assertThat(text(made.key())).isEqualTo(value);
        assertThat(made.headerCount()).isOne();
        assertThat(made.headerName(0)).isEqualTo("h");
        assertThat(text(made.headerValue(0))).isEqualTo(value);
        assertThat(text(made.value())).isEqualTo("ann paid");
        assertThat(made.problem()).isEmpty();
        assertThat(fixture.line())
                .endsWith(",\"record\":\"ann paid\",\"topic\":\"t-h1-%s\",\"key\":\"%s\",\"headers\":{\"h\":\"%s\"}}"
                        .formatted(topic, value, value));
    }

    @Test
    void formsSayWhichValuesTheyNeedOfARecord() {
        FormFixture fixture = new FormFixture()
                .topic("t-{field.a}-{group.user}")
                .key("{field.b}{field.a}")
                .header("h", "{group.none:}")
                .timestamp("{group.time}{field.c}", "epochMillis");
        assertThat(fixture.form().groups()).containsExactly("user", "none", "time");
        assertThat(fixture.form().fields()).containsExactly("a", "b", "c");
        assertThat(fixture.form().wantsAllFields()).isFalse();
        assertThat(fixture.format(ValueFormat.JSON).form().wantsAllFields()).isTrue();
        assertThat(fixture.format(ValueFormat.OTLP).form().wantsAllFields()).isTrue();
        assertThat(fixture.notParsed().form().wantsAllFields()).isFalse();
        assertThat(fixture.form().fields()).isEmpty();
        assertThat(fixture.form().hasOneTopic()).isFalse();
        assertThat(new FormFixture().form().hasOneTopic()).isTrue();
    }

    @Test
    void aMissingNameWithoutADefaultIsSaidAndAllElseIsThere() {
        RenderedRecord made = new FormFixture()
                .topic("t-{field.service}")
                .key("{group.none}")
                .header("a", "{field.a}")
                .header("b", "{host}")
                .rendered();
        assertThat(made.problem().orElseThrow())
                .isEqualTo(new RenderProblem(
                        Kind.MISSING_VALUE,
                        "topic",
                        FormFixture.template("{field.service}").names().stream().findFirst()))
                .hasToString("its topic has no value for {field.service}");
        assertThat(made.topic()).isEmpty();
        assertThat(made.hasKey()).isFalse();
        assertThat(made.headerCount()).isOne();
        assertThat(made.headerName(0)).isEqualTo("b");
        assertThat(text(made.value())).isEqualTo("ann paid");
    }

    @Test
    void problemsNameTheHeader() {
        assertThat(new FormFixture()
                        .header("who", "{group.user}")
                        .rendered()
                        .problem()
                        .orElseThrow())
                .hasToString("its header 'who' has no value for {group.user}");
    }

    @Test
    void anEmptyValueIsAMissingOneAndAnEmptyTextIsNoKeyAndNoHeader() {
        FormFixture empty = new FormFixture().group("user", "").field("a", "");
        assertThat(empty.key("{group.user}").rendered().problem()).isPresent();
        assertThat(empty.key("{field.a:none}").rendered().key()).isEqualTo(latin1("none"));
        RenderedRecord made =
                empty.key("{field.a:}").header("h", "{group.user:}").rendered();
        assertThat(made.hasKey()).isFalse();
        assertThat(made.headerCount()).isZero();
        assertThat(made.problem()).isEmpty();
    }

    @Test
    void aParsedFieldWinsOverAStaticOneUnlessItIsMissingOrEmpty() {
        FormFixture fixture = new FormFixture().staticField("env", "prod").key("{field.env}");
        assertThat(text(fixture.rendered().key())).isEqualTo("prod");
        assertThat(text(fixture.field("env", "").rendered().key())).isEqualTo("prod");
        assertThat(text(fixture.field("env", "test").rendered().key())).isEqualTo("test");
        assertThat(text(fixture.notParsed().rendered().key())).isEqualTo("prod");
    }

    @Test
    void valuesAreBytesAndGoAsTheyAre() {
        byte[] notUtf8 = latin1("\u00e9{host}");
        RenderedRecord made = new FormFixture()
                .topic("t-{field.a}")
                .key("{field.a}")
                .record(notUtf8)
                .field("a", notUtf8)
                .rendered();
        assertThat(made.key()).isEqualTo(notUtf8);
        assertThat(made.value()).isEqualTo(notUtf8);
        assertThat(made.topic()).isEqualTo("t-__host_");
    }

    @Test
    void theTimeOfTheEventIsTheTimestampAndTheNameTime() {
        RenderedRecord made = new FormFixture()
                .timestamp("{group.time}", "ISO_OFFSET_DATE_TIME")
                .group("time", "2026-11-29T08:05:30.12+01:00")
                .key("{time}")
                .rendered();
        assertThat(made.timestampMillis()).isEqualTo(1_795_935_930_120L);
        assertThat(made.timeSource()).isEqualTo(TimeSource.EVENT);
        assertThat(text(made.key())).isEqualTo("2026-11-29T07:05:30.120Z");
    }

    @Test
    void withoutAReadableTimeItIsTheOneOfReading() {
        FormFixture fixture =
                new FormFixture().timestamp("{group.time}", "epochMillis").key("{time}");
        assertReadTime(fixture.rendered(), TimeSource.MISSING);
        assertReadTime(fixture.group("time", "").rendered(), TimeSource.MISSING);
        assertReadTime(fixture.group("time", "12x").rendered(), TimeSource.UNREADABLE);
        assertReadTime(fixture.group("time", "1".repeat(5000)).rendered(), TimeSource.UNREADABLE);
        assertReadTime(new FormFixture().key("{time}").rendered(), TimeSource.READ);
        fixture.group("time", "17")
                .form()
                .newRenderer()
                .renderAtReadTime(fixture.written(), fixture.origin(), rendered);
        assertReadTime(rendered, TimeSource.READ);
    }

    private static void assertReadTime(RenderedRecord made, TimeSource source) {
        assertThat(made.timeSource()).isEqualTo(source);
        assertThat(made.timestampMillis()).isEqualTo(WrittenRecord.READ_MILLIS);
        assertThat(text(made.key())).isEqualTo(WrittenRecord.READ_TIME);
        assertThat(made.problem()).isEmpty();
    }

    @Test
    void aTimestampWithAnInvalidFormatIsRefusedAtOnce() {
        FormFixture fixture = new FormFixture();
        assertThatThrownBy(() -> fixture.timestamp("{group.time}", "epochMilis"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("epochMillis");
    }

    @Test
    void theTruncatedHeaderIsThereForHeadsOnly() {
        FormFixture fixture = new FormFixture()
                .header("file", "{file.name}")
                .truncatedHeader("cut")
                .header("rule", "{rule}");
        assertThat(fixture.rendered().headerCount()).isEqualTo(2);
        RenderedRecord made = fixture.headOnly().rendered();
        assertThat(made.headerCount()).isEqualTo(3);
        assertThat(made.headerName(1)).isEqualTo("cut");
        assertThat(text(made.headerValue(1))).isEqualTo("true");
        assertThat(made.headerName(2)).isEqualTo("rule");
    }

    @Test
    void theContextHeaderSaysHowManyNeighboursCameAlong() {
        FormFixture fixture = new FormFixture().contextHeader("context");
        RecordRenderer renderer = fixture.form().newRenderer();
        RecordOrigin origin = fixture.origin();
        RenderedRecord made = new RenderedRecord();
        for (int[] counts : new int[][] {{0, 0}, {3, 10}, {3, 10}, {3, 0}, {0, 1000}, {0, 0}}) {
            byte[] last = made.headerCount() == 0 ? RenderedRecord.NONE : made.headerValue(0);
            renderer.render(fixture.context(counts[0], counts[1]).written(), origin, made);
            assertThat(made.headerName(0)).isEqualTo("context");
            assertThat(text(made.headerValue(0))).isEqualTo(counts[0] + "," + counts[1]);
            if (text(last).equals(counts[0] + "," + counts[1])) {
                assertThat(made.headerValue(0)).isSameAs(last);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 245, 246, 247, 1000})
    void aTopicThatKafkaDoesNotAllowForItsLengthIsSaid(int length) {
        RenderedRecord made = new FormFixture()
                .topic("abc-{field.a}")
                .field("a", "x".repeat(length))
                .rendered();
        assertThat(made.problem().map(RenderProblem::kind).stream().toList())
                .isEqualTo(length > 245 ? List.of(Kind.TOPIC_TOO_LONG) : List.of());
        assertThat(made.topic()).hasSize(Math.min(4 + length, RecordForm.MAX_TOPIC_BYTES));
    }

    @ParameterizedTest
    @ValueSource(ints = {1023, 1024, 1025, 100_000})
    void aKeyIsBounded(int length) {
        RenderedRecord made = new FormFixture()
                .key("{group.user}")
                .group("user", "k".repeat(length))
                .rendered();
        assertThat(made.problem().isPresent()).isEqualTo(length > RecordForm.MAX_KEY_BYTES);
        assertThat(made.key()).hasSize(Math.min(length, RecordForm.MAX_KEY_BYTES));
    }

    @Test
    void manyTopicsInTurnsAreEachTheirOwn() {
        FormFixture fixture = new FormFixture().topic("abc-{field.a}");
        RecordRenderer renderer = fixture.form().newRenderer();
        for (int i = 0; i < 20_000; i++) {
            renderer.render(fixture.field("a", "n/" + i % 1000).written(), fixture.origin(), rendered);
            assertThat(rendered.topic()).isEqualTo("abc-n_" + i % 1000);
            assertThat(rendered.isTopicChanged()).isTrue();
        }
    }

    @Test
    void whatAFileSharesIsTheSameArrayAndAnotherFileHasItsOwn() {
        FormFixture fixture = new FormFixture()
                .topic("t-{path.pod}")
                .key("{file}")
                .header("file", "{file}")
                .header("offset", "{offset}")
                .header("team", "{field.team}")
                .staticField("team", "shop")
                .notParsed();
        RecordRenderer renderer = fixture.form().newRenderer();
        RecordOrigin origin = fixture.origin();
        renderer.render(fixture.written(), origin, rendered);
        String topic = rendered.topic();
        byte[] key = rendered.key();
        byte[] file = rendered.headerValue(0);
        byte[] offset = rendered.headerValue(1);
        byte[] team = rendered.headerValue(2);
        renderer.render(fixture.written(), origin, rendered);
        assertThat(rendered.topic()).isSameAs(topic);
        assertThat(rendered.key()).isSameAs(key);
        assertThat(rendered.headerValue(0)).isSameAs(file);
        assertThat(rendered.headerValue(1)).isNotSameAs(offset).isEqualTo(offset);
        assertThat(rendered.headerValue(2)).isSameAs(team);

        RecordOrigin other = new RecordOrigin("h2", "shop-1", "pods", "/b.log");
        renderer.render(fixture.written(), other, rendered);
        assertThat(rendered.problem().orElseThrow().part()).isEqualTo("topic");
        assertThat(text(rendered.key())).isEqualTo("/b.log");
        assertThat(text(key)).isEqualTo(FormFixture.FILE);
        assertThat(rendered.headerCount()).isEqualTo(2);
    }

    @Test
    void aLiteralTopicIsTakenAsItIs() {
        RecordForm form = RecordForm.toTopic("errors", "a {b} \u00e9");
        WrittenRecord record = new WrittenRecord(form, latin1("x"), Map.of(), Map.of(), false);
        form.newRenderer().render(record, new RecordOrigin("", "", "", "/a"), rendered);
        assertThat(rendered.topic()).isEqualTo("a {b} \u00e9");
        assertThat(rendered.isTopicChanged()).isFalse();
        assertThat(rendered.headerCount()).isZero();
    }
}
