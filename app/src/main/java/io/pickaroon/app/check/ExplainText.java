package io.pickaroon.app.check;

import io.pickaroon.app.check.ExplainedRecord.Header;
import io.pickaroon.app.check.ExplainedRecord.Sent;
import io.pickaroon.app.check.ExplainedRecord.Time;
import io.pickaroon.app.check.ExplainedRecord.Value;
import io.pickaroon.app.terminal.Quantities;
import io.pickaroon.processor.directio.ByteText;
import io.pickaroon.processor.directio.NativePath;
import io.pickaroon.records.emit.ValueFormat;
import io.pickaroon.records.otlp.OtlpText;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Explained rules for people: a few lines for each record, nothing in them that commands a terminal. */
final class ExplainText {
    private static final DateTimeFormatter UTC =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);

    private final PrintStream out;

    ExplainText(PrintStream out) {
        this.out = out;
    }

    /** What was read of an input's sample, in words. */
    static String sample(String input, int read, int all, long bytes) {
        return "sample of input %s: %s%s, %s"
                .formatted(
                        input,
                        read == 1 ? "1 file" : Quantities.count(read) + " files",
                        read == all ? "" : " of " + Quantities.count(all),
                        Quantities.bytes(bytes));
    }

    /** A time in UTC with milliseconds. */
    static String utc(long millis) {
        return UTC.format(Instant.ofEpochMilli(millis));
    }

    void print(List<String> remarks, Map<String, ExplainedRules.OfRule> rules) {
        out.println();
        remarks.forEach(out::println);
        rules.forEach(this::print);
        out.println();
        out.println(
                "Nothing was sent or changed, and no broker was asked: whether a topic is there, and which times and"
                        + " sizes it takes, is not known here.");
    }

    private void print(String rule, ExplainedRules.OfRule found) {
        out.println();
        if (found.matched() == 0) {
            out.println("rule " + rule + ": matches nothing in this sample");
            return;
        }
        if (found.records().isEmpty()) {
            out.println("rule %s: matches %s, %s"
                    .formatted(
                            rule,
                            found.matched() == 1 ? "1 record" : Quantities.count(found.matched()) + " records",
                            found.sampledOut() > 0
                                    ? "all of which its sample leaves out"
                                    : "sends and changes nothing at once"));
            return;
        }
        out.println("rule " + rule + ":"
                + (found.sampledOut() > 0
                        ? " its sample leaves out %s of %s records"
                                .formatted(Quantities.count(found.sampledOut()), Quantities.count(found.matched()))
                        : ""));
        found.records().forEach(this::print);
    }

    private void print(ExplainedRecord record) {
        out.println("  %s:%d (input %s)"
                .formatted(
                        NativePath.printable(record.place().file()),
                        record.place().offset(),
                        record.place().input()));
        record.notes().forEach(note -> line("note", note));
        record.sent().ifPresentOrElse(this::print, () -> line("sent", "nothing"));
        if (record.changes().isEmpty()) {
            line("changes", "nothing");
        }
        record.changes().forEach(change -> line("changes", change));
    }

    private void print(Sent sent) {
        sent.refused().ifPresent(why -> line("refused", why));
        String topic = sent.target().topic();
        line(
                "topic",
                (topic.isEmpty() ? "could not be made" : ByteText.printable(topic))
                        + (sent.target().changed() ? "   (each character that Kafka does not allow is '_')" : ""));
        line("key", sent.key().length == 0 ? "none" : ShownText.of(sent.key()));
        line("timestamp", utc(sent.time().millis()) + "   (" + source(sent.time()) + ")");
        line(
                "headers",
                sent.headers().isEmpty()
                        ? "none"
                        : sent.headers().stream().map(ExplainText::header).collect(Collectors.joining("  ")));
        line(sent.value().format().isPresent() ? "value" : "line", value(sent.value()));
    }

    private void line(String name, String text) {
        out.println("    %-9s  %s".formatted(name, text));
    }

    private static String source(Time time) {
        return switch (time.source()) {
            case READ -> "when it was read";
            case EVENT -> "from the record";
            case MISSING -> "when it was read: the record has none";
            case UNREADABLE -> "when it was read: the record's cannot be read";
        };
    }

    private static String header(Header header) {
        return ByteText.printable(header.name()) + "=" + ShownText.of(header.value());
    }

    private static String value(Value value) {
        byte[] bytes = value.bytes();
        if (value.format().filter(ValueFormat.OTLP::equals).isPresent()) {
            return ShownText.of(OtlpText.of(bytes).getBytes(StandardCharsets.UTF_8)) + "   (OTLP, "
                    + Quantities.count(bytes.length) + " bytes)";
        }
        boolean isText =
                Arrays.equals(new String(bytes, StandardCharsets.UTF_8).getBytes(StandardCharsets.UTF_8), bytes);
        return ShownText.of(bytes) + (isText ? "" : "   (not UTF-8, " + Quantities.count(bytes.length) + " bytes)");
    }
}
