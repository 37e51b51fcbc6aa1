package io.pickaroon.app.verify;

import io.pickaroon.app.inspect.DeliveredPlaces;
import io.pickaroon.app.terminal.Quantities;
import io.pickaroon.connectors.kafka.admin.TopicIds;
import io.pickaroon.processor.audit.TrailVerifier.Verdict;
import io.pickaroon.processor.directio.NativePath;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** What was found, in words. Each part is added once, in the order of the methods. For one thread. */
final class VerifyText {
    private static final int MOST_FILES = 20;

    private final StringBuilder text = new StringBuilder();

    VerifyText(Path configuration, DeliveredPlaces places) {
        line("verify of %s: up to the places in the checkpoint of %s; nothing was sent, changed or locked"
                .formatted(NativePath.printable(configuration), places.writtenAt()));
    }

    private void line(String line) {
        text.append(line).append('\n');
    }

    /** Up to where each file was looked at. */
    void files(List<VerifiedFile> files) {
        List<VerifiedFile> sorted = files.stream()
                .sorted(Comparator.comparing(VerifiedFile::printable))
                .toList();
        sorted.stream().limit(MOST_FILES).forEach(file -> line(words(file)));
        if (sorted.size() > MOST_FILES) {
            line("  and %s more files".formatted(Quantities.count(sorted.size() - (long) MOST_FILES)));
        }
    }

    private static String words(VerifiedFile file) {
        String said = !file.fits()
                ? "was truncated or written anew since; nothing can be said of it"
                : file.place().isEmpty()
                        ? "is new; nothing of it was delivered by then"
                        : "delivered up to offset %d, fixed up to %d"
                                .formatted(file.deliveredOffset(), file.fixedOffset());
        return "  %s: %s".formatted(file.printable(), said);
    }

    /** What fixes would still change. */
    void hits(LeftHits hits) {
        long left = hits.leftCount();
        line(
                left == 0
                        ? "fixes: nothing is left to change before these places"
                        : "fixes: WRONG, %s left before these places".formatted(number(left, "hit")));
        list(hits.left(), left);
        if (hits.pendingCount() > 0) {
            line("fixes: %s behind these places".formatted(number(hits.pendingCount(), "hit")));
            list(hits.pending(), hits.pendingCount());
        }
    }

    private void list(List<LeftHits.Hit> hits, long count) {
        for (LeftHits.Hit hit : hits) {
            line("  %s, record at offset %d, rule %s: %s at offset %d"
                    .formatted(
                            hit.file().printable(),
                            hit.recordOffset(),
                            hit.rule(),
                            number(hit.length(), "byte"),
                            hit.offset()));
            hit.lines().lines().forEach(shown -> line("    " + shown));
        }
        if (count > hits.size()) {
            line("  and %s more".formatted(Quantities.count(count - hits.size())));
        }
    }

    /** What was found in the audit trail, and where it says that something was changed. */
    void trail(Verdict verdict, MaskedRanges ranges) {
        verdict.notes().forEach(note -> line("audit trail: " + note));
        line(verdict.problem()
                .map("audit trail: WRONG, %s"::formatted)
                .orElseGet(() -> "audit trail: %s, sound".formatted(number(verdict.lines(), "line"))));
        line("audit trail: %s of files hold what was put there".formatted(number(ranges.heldCount(), "range")));
        if (ranges.brokenCount() > 0) {
            line("audit trail: WRONG, %s other bytes than what was put there"
                    .formatted(
                            number(ranges.brokenCount(), "range") + (ranges.brokenCount() == 1 ? " holds" : " hold")));
            for (MaskedRanges.Broken broken : ranges.broken()) {
                line("  %s, rules %s: %s at offset %d"
                        .formatted(
                                broken.file().printable(),
                                broken.rules(),
                                number(broken.length(), "byte"),
                                broken.offset()));
            }
            if (ranges.brokenCount() > ranges.broken().size()) {
                line("  and %s more"
                        .formatted(Quantities.count(
                                ranges.brokenCount() - ranges.broken().size())));
            }
        }
    }

    /** Where an audit trail is not there. */
    void noTrail(Path trail, boolean isExpected) {
        line("audit trail: %s%s is not there".formatted(isExpected ? "WRONG, " : "", NativePath.printable(trail)));
    }

    /** Where nothing is known of delivery. */
    void noDelivery() {
        line("delivery: only that to Kafka is verified; the output is another one");
    }

    /** What was found in the topics. */
    void delivery(DeliveryPass.Result result) {
        for (TopicIds.Topic topic : result.topics()) {
            line("topic %s: %s".formatted(topic.name(), words(topic)));
        }
        DeliveryComparison comparison = result.comparison();
        line("delivery: %s in their topics exactly once"
                .formatted(Quantities.count(comparison.proven()) + (comparison.proven() == 1 ? " match" : " matches")));
        list("missing", comparison.missing(), comparison.missingCount());
        list("more than once", comparison.doubled(), comparison.doubledCount());
        line("delivery: beside them %s delivered since, %sand %s of other files, hosts and rules"
                .formatted(
                        number(result.since(), "record"),
                        result.replayed() == 0 ? "" : Quantities.count(result.replayed()) + " sent by a replay, ",
                        Quantities.count(result.ofOthers())));
    }

    private static String words(TopicIds.Topic topic) {
        return topic.partitions().isEmpty()
                ? "does not exist"
                : topic.partitions().stream()
                        .sorted(Comparator.comparingInt(TopicIds.Extent::partition))
                        .limit(MOST_FILES)
                        .map(extent -> "%d from offset %d to %d"
                                .formatted(extent.partition(), extent.startOffset(), extent.endOffset()))
                        .collect(Collectors.joining(
                                ", ", "partition ", topic.partitions().size() > MOST_FILES ? ", and others" : ""));
    }

    private void list(String what, List<DeliveryComparison.Place> places, long count) {
        if (count == 0) {
            return;
        }
        line("delivery: WRONG, %s %s".formatted(Quantities.count(count), what));
        for (DeliveryComparison.Place place : places) {
            line("  %s, record at offset %d, rule %s%s"
                    .formatted(
                            place.file().printable(),
                            place.offset(),
                            place.rule(),
                            place.where().isEmpty() ? "" : ": " + place.where()));
        }
        if (count > places.size()) {
            line("  and %s more".formatted(Quantities.count(count - places.size())));
        }
    }

    /** What cannot be proven, and the verdict. */
    void end(Findings findings, int readExitCode) {
        Map<Unproven, Long> unproven = findings.unproven();
        if (!unproven.isEmpty()) {
            line("cannot be proven:");
            for (Unproven reason : Unproven.values()) {
                if (unproven.containsKey(reason)) {
                    line("  " + reason.words(unproven.get(reason)));
                }
            }
        }
        line(findings.verdict(readExitCode));
    }

    static String number(long count, String noun) {
        return Quantities.count(count) + " " + noun + (count == 1 ? "" : "s");
    }

    /** All since the last call, with line ends. */
    String take() {
        String taken = text.toString();
        text.setLength(0);
        return taken;
    }
}
