package io.pickaroon.app.verify;

import static org.assertj.core.api.Assertions.assertThat;

import io.pickaroon.app.verify.VerifiedRules.Sending;
import io.pickaroon.connectors.kafka.admin.TopicIds.Extent;
import io.pickaroon.connectors.kafka.admin.TopicIds.Topic;
import io.pickaroon.processor.file.FileIdentity;
import io.pickaroon.records.emit.RecordForm;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What is said of a match, by what is in its topic and what is known of that. */
class DeliveryComparisonTest {
    private static final VerifiedFile FILE =
            new VerifiedFile(0, new FileIdentity(1, 2, 3), "app", Path.of("/l/app.log"), Optional.empty());
    private static final long GROUP = DeliveryComparison.group(FILE, rule(true));

    private final Findings findings = new Findings();
    private boolean mayBeginLate;
    private boolean keepsOrder = true;
    private long rulesSince;

    @Test
    void whatIsThereOnceIsProvenAndWhatIsNotIsMissing() {
        DeliveryComparison compared = compare(topic(0, false, false), expected(0, 9), sent(0), expected(10, 19));

        assertThat(compared.proven()).isEqualTo(1);
        assertThat(compared.missing())
                .extracting(DeliveryComparison.Place::offset)
                .containsExactly(10L);
        assertThat(findings.unproven()).isEmpty();
    }

    @Test
    void anIdWithinARecordThatIsMissingIsAPartOfIt() {
        DeliveryComparison compared = compare(
                topic(0, false, false),
                expected(0, 9),
                sent(0),
                expected(10, 29),
                sent(20),
                expected(30, 39),
                sent(30));

        assertThat(compared.missingCount()).isZero();
        assertThat(findings.unproven()).isEqualTo(Map.of(Unproven.IN_PARTS, 1L));
    }

    @Test
    void anIdBehindARecordThatIsMissingIsNoPartOfIt() {
        DeliveryComparison compared =
                compare(topic(0, false, false), expected(0, 9), sent(0), expected(10, 19), sent(20));

        assertThat(compared.missingCount()).isEqualTo(1);
        assertThat(findings.unproven()).isEqualTo(Map.of(Unproven.NOT_FOUND_AGAIN, 1L));
    }

    @Test
    void whatATopicHasLostIsBeforeAllThatIsThere() {
        DeliveryComparison compared =
                compare(topic(5, false, false), expected(0, 9), expected(10, 19), sent(10), expected(20, 29));

        assertThat(compared.missing())
                .extracting(DeliveryComparison.Place::offset)
                .containsExactly(20L);
        assertThat(findings.unproven()).isEqualTo(Map.of(Unproven.BEFORE_FIRST, 1L));
    }

    @Test
    void withoutTheOrderOfTheFileItMayBeAnywhere() {
        keepsOrder = false;
        DeliveryComparison compared = compare(topic(5, false, false), expected(10, 19), sent(10), expected(20, 29));

        assertThat(compared.missingCount()).isZero();
        assertThat(findings.unproven()).isEqualTo(Map.of(Unproven.BEFORE_FIRST, 1L));
    }

    @Test
    void compactionOpenTransactionsOtherRulesAndALateStartExplainWhatIsNotThere() {
        rulesSince = 5;
        compare(topic(0, true, false), expected(0, 4), expected(10, 19));
        rulesSince = 0;
        compare(topic(0, false, true), expected(0, 9));
        mayBeginLate = true;
        DeliveryComparison late =
                compare(topic(0, false, false), expected(0, 9), expected(10, 19), sent(10), expected(20, 29));

        assertThat(late.missingCount()).isEqualTo(1);
        assertThat(findings.unproven())
                .isEqualTo(Map.of(
                        Unproven.OTHER_RULES,
                        1L,
                        Unproven.COMPACTED,
                        1L,
                        Unproven.OPEN_TRANSACTION,
                        1L,
                        Unproven.BEFORE_START,
                        1L));
    }

    @Test
    void copiesOfAReplayAreNeitherDoubledNorAProof() {
        DeliveryComparison compared = compare(
                topic(0, false, false),
                expected(0, 9),
                sent(0),
                new long[] {0, DeliveryComparison.REPLAYED, 7},
                expected(10, 19),
                new long[] {10, DeliveryComparison.REPLAYED, 8},
                new long[] {20, DeliveryComparison.REPLAYED, 9});

        assertThat(compared.proven()).isEqualTo(1);
        assertThat(compared.doubledCount() + compared.missingCount()).isZero();
        assertThat(findings.unproven()).isEqualTo(Map.of(Unproven.REPLAYED, 1L));
    }

    private DeliveryComparison compare(Topic topic, long[]... entries) {
        DeliveryComparison comparison =
                new DeliveryComparison(List.of(FILE), List.of(rule(keepsOrder)), new Known(topic), findings);
        for (long[] entry : entries) {
            comparison.take(GROUP, entry[0], entry[1], entry[2]);
        }
        comparison.end();
        return comparison;
    }

    private final class Known implements DeliveryComparison.Destination {
        private final Topic topic;

        Known(Topic topic) {
            this.topic = topic;
        }

        @Override
        public List<Topic> topics(Sending rule) {
            return List.of(topic);
        }

        @Override
        public String topic(int number) {
            return topic.name();
        }

        @Override
        public long rulesSince(VerifiedFile file) {
            return rulesSince;
        }

        @Override
        public boolean mayBeginLate(VerifiedFile file) {
            return mayBeginLate;
        }

        @Override
        public boolean isAtLeastOnce() {
            return false;
        }
    }

    private static Sending rule(boolean keepsOrder) {
        return new Sending(0, RecordForm.toTopic("r", "t"), Optional.of("id"), keepsOrder);
    }

    private static Topic topic(long startOffset, boolean isCompacted, boolean isOpen) {
        return new Topic("t", isCompacted, List.of(new Extent(0, startOffset, 100, isOpen)));
    }

    private static long[] expected(long offset, long endOffset) {
        return new long[] {offset, DeliveryComparison.EXPECTED, endOffset};
    }

    private static long[] sent(long offset) {
        return new long[] {offset, DeliveryComparison.SENT, 7};
    }
}
