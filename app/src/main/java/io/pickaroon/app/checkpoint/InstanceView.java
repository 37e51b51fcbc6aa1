package io.pickaroon.app.checkpoint;

import com.fasterxml.jackson.core.JsonGenerator;
import io.pickaroon.processor.checkpoint.Checkpoint;
import io.pickaroon.processor.delivery.Instance;
import java.io.IOException;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Who a checkpoint is at a destination, since when it has which inputs, and what of it is to be read again. */
final class InstanceView {
    private InstanceView() {}

    static String text(Checkpoint checkpoint) {
        StringBuilder text = new StringBuilder();
        Optional<Instance> known = checkpoint.sections().instance();
        line(text, known.map(InstanceView::describe).orElse("no name yet: an earlier version wrote it"));
        checkpoint
                .sections()
                .inputStarts()
                .forEach((id, start) -> line(text, "input " + id + ": first started " + start));
        long pending = checkpoint.entries().values().stream()
                .filter(entry -> entry.reset().isPending())
                .count();
        if (checkpoint.sections().allResetPending()) {
            line(text, "reset: every file is read again at the next start");
        } else if (pending > 0) {
            line(
                    text,
                    "reset: %d of %d files are read again at the next start"
                            .formatted(pending, checkpoint.entries().size()));
        }
        if (checkpoint.highestResets() > 0) {
            line(text, "highest reset number: " + checkpoint.highestResets());
        }
        return text.toString();
    }

    private static String describe(Instance instance) {
        String standing = switch (instance.standing()) {
            case NEW -> "never held at a destination";
            case INDEPENDENT -> "never held at a destination: goes on from places of its own";
            case HELD -> "held, " + Instance.startedText(instance.starts());
            case UNNAMED -> "not held yet: upgraded from an earlier version";
            case PASSING -> "passing";
        };
        return "checkpoint %s, name %s (%s)".formatted(instance.checkpointIdText(), instance.name(), standing);
    }

    private static void line(StringBuilder text, String line) {
        text.append(line).append(System.lineSeparator());
    }

    static void write(Checkpoint checkpoint, JsonGenerator json) throws IOException {
        Optional<Instance> known = checkpoint.sections().instance();
        if (known.isPresent()) {
            Instance instance = known.get();
            json.writeObjectFieldStart("instance");
            json.writeStringField("checkpoint", instance.checkpointIdText());
            json.writeStringField("name", instance.name());
            json.writeStringField("standing", instance.standing().name().toLowerCase(Locale.ROOT));
            json.writeNumberField("starts", instance.starts());
            json.writeNumberField("resets", instance.resets());
            json.writeEndObject();
        }
        json.writeObjectFieldStart("inputs");
        for (Map.Entry<String, Instant> start :
                checkpoint.sections().inputStarts().entrySet()) {
            json.writeStringField(start.getKey(), start.getValue().toString());
        }
        json.writeEndObject();
        json.writeBooleanField("resetAllPending", checkpoint.sections().allResetPending());
    }
}
