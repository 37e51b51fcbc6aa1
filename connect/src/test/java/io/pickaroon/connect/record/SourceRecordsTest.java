package io.pickaroon.connect.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.pickaroon.connect.split.Split;
import io.pickaroon.connect.split.SplitOffset;
import io.pickaroon.inputs.shown.MatchHeaders;
import io.pickaroon.inputs.shown.ShownMatch;
import io.pickaroon.processor.file.Position;
import io.pickaroon.processor.rule.MatchIds;
import io.pickaroon.records.emit.RecordOrigin;
import io.pickaroon.records.emit.RenderedRecord;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.source.SourceRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Records are what the daemon's renderers make of the same matches; what differs is named one by one. */
class SourceRecordsTest {
    private static final String CONTENT = """
        {"time":"2026-09-21T12:53:20Z","level":"ERROR","order":"o-1","text":"paid"}
        {"time":"2026-09-21T12:53:21Z","level":"INFO","order":"o-2","text":"seen"}
        {"time":"2026-09-21T12:53:22Z","level":"ERROR","order":"o-3","text":"late"}
        {"time":"2026-09-21T12:53:23Z","level":"ERROR","text":"without an order"}
        """;

    private static final String[] FULL = {
        "rules=errors,all",
        "inputs.shop.parse=json",
        "rules.errors.match.literal=ERROR",
        "rules.errors.emit.topic=shop-errors",
        "rules.errors.emit.key={field.order:none}",
        "rules.errors.emit.headers=host,file,offset,rule,id,level",
        "rules.errors.emit.headers.level={field.level}",
        "rules.errors.emit.timestamp.from={field.time}",
        "rules.errors.emit.timestamp.format=ISO_OFFSET_DATE_TIME",
        "rules.all.match.literal=level",
        "rules.all.emit.topic=shop-{input}",
        "rules.all.emit.format=json"
    };

    private static final String[] PLAIN = {
        "rules=errors", "rules.errors.match.literal=ERROR", "rules.errors.emit.topic=shop-errors"
    };

    @TempDir
    Path directory;

    private static Map<String, String> headers(SourceRecord record) {
        Map<String, String> headers = new LinkedHashMap<>();
        record.headers().forEach(header -> {
            boolean isText = header.schema().equals(Schema.STRING_SCHEMA);
            assertThat(isText || header.schema().equals(Schema.BYTES_SCHEMA)).isTrue();
            headers.put(header.key(), isText ? (String) header.value() : text(header.value()));
        });
        return headers;
    }

    private static String text(Object bytes) {
        return new String((byte[]) bytes, StandardCharsets.UTF_8);
    }

    private static List<SourceRecord> all(MadeWindow made, Optional<String> deadLetterTopic, RecordLimits limits) {
        return made.records(deadLetterTopic, limits).of(made.window(), made.split(), made.reached());
    }

    private static List<SourceRecord> all(MadeWindow made) {
        return all(made, Optional.empty(), RecordLimits.STANDARD);
    }

    @ParameterizedTest
    @EnumSource(HeaderForm.class)
    void areWhatTheDaemonsRenderersMakeOfTheSameMatches(HeaderForm form) throws Exception {
        MadeWindow made = MadeWindow.of(directory, CONTENT, FULL);
        RecordTarget target = new RecordTarget(Optional.empty(), RecordLimits.STANDARD, form);

        List<SourceRecord> records = made.records(target).of(made.window(), made.split(), made.reached());

        assertThat(records).hasSize(7).hasSize(made.window().matches().size());
        RecordOrigin origin = new RecordOrigin(
                "nfs-1", "shop-logs", "shop", made.window().file().path().toString());
        ShownMatch shown = new ShownMatch(made.window().matches(), MatchIds.of("nfs-1:1234.0"), MadeWindow.NOW);
        RenderedRecord expected = new RenderedRecord();
        for (int match = 0; match < records.size(); match++) {
            String ruleId = made.window().matches().rule(match).id();
            made.forms().get(ruleId).newRenderer().render(shown.at(match, MatchIds.rulePart(ruleId)), origin, expected);
            SourceRecord record = records.get(match);
            assertThat(record.topic()).isEqualTo(expected.topic());
            assertThat((byte[]) record.value()).isEqualTo(expected.value());
            assertThat(record.timestamp()).isEqualTo(expected.timestampMillis());
            assertThat(text(record.key())).isEqualTo(expected.hasKey() ? text(expected.key()) : "nfs-1:1234.0/0");
            Map<String, String> expectedHeaders = new LinkedHashMap<>();
            for (int header = 0; header < expected.headerCount(); header++) {
                expectedHeaders.put(expected.headerName(header), text(expected.headerValue(header)));
            }
            assertThat(headers(record)).isNotEmpty().isEqualTo(expectedHeaders);
        }
    }

    @Test
    void haveBytesForWhateverConverterPassesThemOn() throws Exception {
        SourceRecord record = all(MadeWindow.of(directory, CONTENT, PLAIN)).getFirst();

        assertThat(record.keySchema()).isEqualTo(Schema.BYTES_SCHEMA);
        assertThat(record.valueSchema()).isEqualTo(Schema.BYTES_SCHEMA);
        assertThat(text(record.value())).isEqualTo(CONTENT.lines().findFirst().orElseThrow());
        assertThat(text(record.key())).isEqualTo("nfs-1:1234.0/0");
        assertThat(record.kafkaPartition()).isNull();
        assertThat(record.sourcePartition()).isEqualTo(Map.of("split", "nfs-1:1234.0/0"));
        assertThat(record.timestamp()).isEqualTo(MadeWindow.NOW);
    }

    /** All but the label and the file's key is another on another host. */
    @Test
    void lookTheSameWhicheverHostSendsThem() throws Exception {
        Map<String, String> headers =
                headers(all(MadeWindow.of(directory, CONTENT, PLAIN)).getFirst());

        assertThat(headers).containsEntry("host", "nfs-1");
        assertThat(headers).containsEntry("id", MatchIds.of("nfs-1:1234.0").idText(0, MatchIds.rulePart("errors")));
    }

    /** The sample is chosen by the ids that consumers see. */
    @Test
    void ofASampleAreChosenByTheIdThatTheyHave() throws Exception {
        String[] sampled = {PLAIN[0], PLAIN[1], PLAIN[2], "rules.errors.emit.sample=1/3"};
        MadeWindow made = MadeWindow.of(directory, "ERROR of an order\n".repeat(300), sampled);

        List<String> ids =
                all(made).stream().map(record -> headers(record).get("id")).toList();

        List<String> expected = new ArrayList<>();
        MatchIds named = MatchIds.of("nfs-1:1234.0");
        for (long offset = 0; offset < 300 * 18; offset += 18) {
            if (Long.remainderUnsigned(named.hash(offset, MatchIds.rulePart("errors")), 3) == 0) {
                expected.add(named.idText(offset, MatchIds.rulePart("errors")));
            }
        }
        assertThat(ids).hasSizeBetween(50, 150).isEqualTo(expected);
    }

    /** What is committed with a record has all records before the next one, and not the next one. */
    @Test
    void haveTheOffsetOfTheNextMatchAndTheLastOneThatOfTheWindow() throws Exception {
        MadeWindow made = MadeWindow.of(directory, CONTENT, FULL);

        List<SourceRecord> records = all(made);

        assertThat(records.getLast().sourceOffset()).isEqualTo(made.reached().toMap());
        for (int match = 0; match < records.size() - 1; match++) {
            SplitOffset offset =
                    SplitOffset.parse(made.split(), records.get(match).sourceOffset(), 0);
            long next = made.window().matches().recordOffset(match + 1);
            assertThat(offset.position()).isEqualTo(new Position(next, true));
            assertThat(offset.rules()).isEqualTo(made.reached().rules());
        }
    }

    @Test
    void areEqualToThemselvesAlone() throws Exception {
        MadeWindow made = MadeWindow.of(directory, CONTENT, PLAIN);
        SourceRecord one = all(made).getFirst();
        SourceRecord same = all(made).getFirst();

        assertThat(text(one.value())).isEqualTo(text(same.value()));
        assertThat(one).isNotEqualTo(same).hasSameHashCodeAs(System.identityHashCode(one));
        Map<SourceRecord, Integer> keyed = new HashMap<>(Map.of(one, 1, same, 2));
        assertThat(keyed).hasSize(2).containsEntry(one, 1);
    }

    @Test
    void thatLackAValueBecomeDeadLettersAndTheTaskFailsWithoutATopicForThem() throws Exception {
        String[] byOrder = {
            PLAIN[0], PLAIN[1], PLAIN[2], "inputs.shop.parse=json", "rules.errors.emit.key={field.order}"
        };
        MadeWindow made = MadeWindow.of(directory, CONTENT, byOrder);
        SourceRecords records = made.records(Optional.of("dead"), RecordLimits.STANDARD);

        List<SourceRecord> sent = records.of(made.window(), made.split(), made.reached());

        assertThat(sent).extracting(SourceRecord::topic).containsExactly("shop-errors", "shop-errors", "dead");
        assertThat(headers(sent.getLast()))
                .containsEntry(MatchHeaders.DEAD_LETTER_TOPIC, "shop-errors")
                .containsEntry(MatchHeaders.DEAD_LETTER_REASON, "its key has no value for {field.order}")
                .containsEntry(
                        MatchHeaders.DEAD_LETTER_LENGTH,
                        "" + text(sent.getLast().value()).length());
        assertThat(text(sent.getLast().key())).isEqualTo("nfs-1:1234.0/0");
        assertThat(sent.getLast().sourceOffset()).isEqualTo(made.reached().toMap());
        assertThat(records.sent()).isEqualTo(2);
        assertThat(records.deadLetters()).isEqualTo(1);
        assertThatThrownBy(() -> all(made))
                .isInstanceOf(RefusedRecordException.class)
                .hasMessageContaining("rule 'errors'")
                .hasMessageContaining("its key has no value for {field.order}");
    }

    @Test
    void thatAreTooLargeBecomeDeadLettersThatFit() throws Exception {
        String large = "ERROR " + "x".repeat(10_000);
        MadeWindow made = MadeWindow.of(directory, "ERROR small\n" + large + "\n", PLAIN);
        RecordLimits limits = new RecordLimits(RecordLimits.LEAST_BYTES, 0, Long.MAX_VALUE);

        List<SourceRecord> sent = all(made, Optional.of("dead"), limits);

        assertThat(sent).extracting(SourceRecord::topic).containsExactly("shop-errors", "dead");
        SourceRecord letter = sent.getLast();
        assertThat(headers(letter))
                .containsEntry("truncated", "true")
                .containsEntry(MatchHeaders.DEAD_LETTER_LENGTH, "" + large.length())
                .containsKey(MatchHeaders.DEAD_LETTER_REASON);
        assertThat(large).startsWith(text(letter.value()));
        int size = RecordBytes.upperBound((byte[]) letter.key(), (byte[]) letter.value(), letter.headers());
        assertThat(size).isBetween(limits.maxRecordBytes() - 100, limits.maxRecordBytes());
    }

    /** One that is as large as the limit is sent, and not one that has a byte more. */
    @Test
    void ofExactlyTheLargestSizeAreSent() throws Exception {
        MadeWindow made = MadeWindow.of(directory, "ERROR " + "x".repeat(10_000) + "\n", PLAIN);
        SourceRecord record = all(made).getFirst();
        int size = RecordBytes.upperBound((byte[]) record.key(), (byte[]) record.value(), record.headers());

        RecordLimits exact = new RecordLimits(size, 0, Long.MAX_VALUE);
        assertThat(all(made, Optional.of("dead"), exact).getFirst().topic()).isEqualTo("shop-errors");
        RecordLimits less = new RecordLimits(size - 1, 0, Long.MAX_VALUE);
        assertThat(all(made, Optional.of("dead"), less).getFirst().topic()).isEqualTo("dead");
    }

    @Test
    void whoseTimeTopicsDoNotTakeHaveTheTimeAtWhichTheyWereRead() throws Exception {
        String[] timed = {
            PLAIN[0],
            PLAIN[1],
            PLAIN[2],
            "inputs.shop.parse=json",
            "rules.errors.emit.timestamp.from={field.t}",
            "rules.errors.emit.timestamp.format=ISO_OFFSET_DATE_TIME"
        };
        String log = """
            {"e":"ERROR","t":"2026-09-21T00:00:00Z"}
            {"e":"ERROR","t":"2036-09-21T00:00:00Z"}
            {"e":"ERROR","t":"1966-09-21T00:00:00Z"}
            {"e":"ERROR","t":"yesterday"}
            {"e":"ERROR"}
            """;
        MadeWindow made = MadeWindow.of(directory, log, timed);
        SourceRecords records = made.records(Optional.empty(), RecordLimits.STANDARD);

        List<SourceRecord> sent = records.of(made.window(), made.split(), made.reached());

        long told = Instant.parse("2026-09-21T00:00:00Z").toEpochMilli();
        assertThat(sent)
                .extracting(SourceRecord::timestamp)
                .containsExactly(told, MadeWindow.NOW, MadeWindow.NOW, MadeWindow.NOW, MadeWindow.NOW);
        assertThat(records.readTimes()).isEqualTo(4);
    }

    @Test
    void ofTopicsThatAreNotForRecordsBecomeDeadLetters() throws Exception {
        String log = """
            {"e":"ERROR","to":"d"}
            {"e":"ERROR","to":"r"}
            """;
        String[] named = {PLAIN[0], PLAIN[1], "inputs.shop.parse=json", "rules.errors.emit.topic=dea{field.to}"};
        MadeWindow made = MadeWindow.of(directory, log, named);
        List<SourceRecord> sent = all(made, Optional.of("dead"), RecordLimits.STANDARD);

        assertThat(sent).extracting(SourceRecord::topic).containsExactly("dead", "dear");
        assertThat(headers(sent.getFirst()))
                .containsEntry(MatchHeaders.DEAD_LETTER_REASON, "topic 'dead' is not for records");
        assertThat(sent.getLast().headers()).noneMatch(header -> header.key().contains("dead-letter"));

        named[3] = "rules.errors.emit.topic=__consumer_{field.to}";
        MadeWindow internal = MadeWindow.of(directory, log.replace("\"d\"", "\"offsets\""), named);
        assertThat(all(internal, Optional.of("dead"), RecordLimits.STANDARD))
                .extracting(SourceRecord::topic)
                .containsExactly("dead", "__consumer_r");
    }

    /** It is aborted: nobody sees it. Its offset is that of the window. */
    @Test
    void aMarkerHasTheOffsetAlone() throws Exception {
        MadeWindow made = MadeWindow.of(directory, CONTENT, PLAIN);
        Split split = new Split(MadeWindow.FILE, 3);

        SourceRecord marker = made.records(Optional.empty(), RecordLimits.STANDARD)
                .marker(split, made.reached())
                .orElseThrow();

        assertThat(marker.topic()).isEqualTo("shop-errors");
        assertThat(marker.value()).isNull();
        assertThat(marker.headers()).isEmpty();
        assertThat(marker.sourcePartition()).isEqualTo(split.partition());
        assertThat(marker.sourceOffset()).isEqualTo(made.reached().toMap());
    }
}
