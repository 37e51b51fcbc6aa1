package io.pickaroon.app.positions;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.pickaroon.app.configuration.Configuration;
import io.pickaroon.app.configuration.Outputs;
import io.pickaroon.app.configuration.StartOrders;
import io.pickaroon.app.error.ExitCode;
import io.pickaroon.app.error.UserError;
import io.pickaroon.app.inspect.CheckpointAtRest;
import io.pickaroon.app.terminal.CallerTexts;
import io.pickaroon.app.terminal.NamedPath;
import io.pickaroon.app.terminal.Terminal;
import io.pickaroon.config.settings.OutputSettings;
import io.pickaroon.config.settings.Settings;
import io.pickaroon.connectors.kafka.admin.KeptPositions;
import io.pickaroon.connectors.kafka.admin.KeptPositions.Kept;
import io.pickaroon.connectors.kafka.claim.Age;
import io.pickaroon.connectors.kafka.claim.Claim;
import io.pickaroon.connectors.kafka.claim.StoredPosition;
import io.pickaroon.processor.delivery.Instance;
import io.pickaroon.processor.directio.NativePath;
import java.io.IOException;
import java.io.PrintStream;
import java.io.StringWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Says what the positions topic keeps, and has it forgotten; returns the exit code. */
final class PositionsReport {
    private static final int MOST_FILES = 20;
    private static final Duration YOUNG = Duration.ofDays(1);

    private PositionsReport() {}

    static int list(Terminal terminal, Path configuration, boolean json) throws IOException, InterruptedException {
        List<Kept> all = kept(configuration, settings(configuration)).all();
        PrintStream out = terminal.text();
        if (json) {
            out.println(json(all));
            return ExitCode.DONE;
        }
        if (all.isEmpty()) {
            out.println("no instance keeps positions there");
        }
        Instant now = Instant.now();
        all.forEach(kept -> print(out, kept, now));
        return ExitCode.DONE;
    }

    static int forget(Terminal terminal, Path configuration, List<String> given, boolean yes, boolean force)
            throws IOException, InterruptedException {
        Settings settings = settings(configuration);
        KeptPositions positions = kept(configuration, settings);
        Map<String, Kept> all = positions.all().stream().collect(Collectors.toMap(Kept::name, Function.identity()));
        Set<String> names = new LinkedHashSet<>(given);
        Instant now = Instant.now();
        Optional<String> own = ownName(settings);
        for (String name : names) {
            requireForgettable(name, all, own, now, force);
        }
        if (!yes) {
            names.forEach(name -> print(terminal.text(), all.get(name), now));
            throw new UserError("nothing was removed; to remove what stands above, add --yes");
        }
        for (String name : names) {
            positions.forget(name);
            terminal.text().println("removed " + name);
        }
        return ExitCode.DONE;
    }

    private static void requireForgettable(
            String name, Map<String, Kept> all, Optional<String> own, Instant now, boolean force) {
        if (!all.containsKey(name)) {
            throw new UserError("no instance '%s' keeps positions there; there are: %s"
                    .formatted(
                            name,
                            all.isEmpty()
                                    ? "none"
                                    : all.keySet().stream().sorted().collect(Collectors.joining(", "))));
        }
        all.get(name).problem().ifPresent(problem -> {
            throw new UserError("'%s' is not removed, because not all of it would be: %s".formatted(name, problem));
        });
        if (force) {
            return;
        }
        if (own.equals(Optional.of(name))) {
            throw new UserError(
                    "'%s' is the instance of this configuration's own checkpoint; with --force it is removed all the same: a run under it ends with its next delivery, and the next start goes on from the checkpoint's places"
                            .formatted(name));
        }
        lastWritten(all.get(name))
                .filter(written -> written.isAfter(now.minus(YOUNG)))
                .ifPresent(written -> {
                    throw new UserError(
                            ("'%s' was written to %s, so something may run under it, and would end with its next"
                                            + " delivery; if nothing does, or if it is to end, add --force")
                                    .formatted(name, Age.of(written, now)));
                });
    }

    private static Optional<String> ownName(Settings settings) throws IOException {
        return settings.checkpoint().isEmpty()
                ? Optional.empty()
                : CheckpointAtRest.heldName(
                        NamedPath.reachable(settings.checkpoint().get().path()));
    }

    private static Settings settings(Path configuration) {
        return Configuration.read(configuration, CallerTexts::variable);
    }

    private static KeptPositions kept(Path configuration, Settings settings) {
        if (settings.output() instanceof OutputSettings.Kafka kafka
                && kafka.delivery() == OutputSettings.Delivery.EXACTLY_ONCE) {
            return new KeptPositions(Outputs.kafkaSink(settings, kafka, StartOrders.none(configuration)));
        }
        throw new UserError(NativePath.printable(configuration)
                + ": only output.kafka with delivery: exactly-once keeps positions; this one has another");
    }

    private static void print(PrintStream out, Kept kept, Instant now) {
        out.println(kept.claim()
                .map(claim -> "%s: checkpoint %s, %s on host %s, %s, claimed %s%s"
                        .formatted(
                                kept.name(),
                                id(claim),
                                claim.path().isEmpty() ? "no file" : claim.path(),
                                claim.host(),
                                Instance.startedText(claim.starts()),
                                Age.of(claim.claimedAt(), now),
                                claim.passing() ? ", ends with its run" : ""))
                .orElseGet(() -> kept.name()
                        + (kept.problem().isPresent()
                                ? ": not claimed, as far as it can be understood"
                                : ": not claimed, of a version without claims")));
        kept.problem().ifPresent(problem -> out.println("  " + problem));
        out.println("  %d %s, last written %s"
                .formatted(
                        kept.positions().size(),
                        kept.positions().size() == 1 ? "position" : "positions",
                        lastWritten(kept).map(written -> Age.of(written, now)).orElse("at a time that is not known")));
        latestFirst(kept)
                .limit(MOST_FILES)
                .forEach(stored -> out.println("    %s up to byte %d, %s"
                        .formatted(
                                stored.path(),
                                stored.position().position().offset(),
                                Age.of(stored.deliveredAt(), now))));
        if (kept.positions().size() > MOST_FILES) {
            out.println(
                    "    and %d more; --json has all".formatted(kept.positions().size() - MOST_FILES));
        }
    }

    private static Stream<StoredPosition> latestFirst(Kept kept) {
        return kept.positions().values().stream()
                .sorted(Comparator.comparing(StoredPosition::deliveredAt).reversed());
    }

    private static Optional<Instant> lastWritten(Kept kept) {
        return Stream.concat(
                        kept.claim().map(Claim::claimedAt).stream(),
                        kept.positions().values().stream().map(StoredPosition::deliveredAt))
                .filter(written -> written.isAfter(Instant.EPOCH))
                .max(Comparator.naturalOrder());
    }

    private static String id(Claim claim) {
        return HexFormat.of().toHexDigits(claim.checkpointId());
    }

    private static String json(List<Kept> all) throws IOException {
        StringWriter text = new StringWriter();
        try (JsonGenerator json = new JsonFactory().createGenerator(text)) {
            json.writeStartObject();
            json.writeArrayFieldStart("instances");
            for (Kept kept : all) {
                json(json, kept);
            }
            json.writeEndArray();
            json.writeEndObject();
        }
        return text.toString();
    }

    private static void json(JsonGenerator json, Kept kept) throws IOException {
        json.writeStartObject();
        json.writeStringField("name", kept.name());
        if (kept.claim().isPresent()) {
            Claim claim = kept.claim().get();
            json.writeObjectFieldStart("claim");
            json.writeStringField("checkpoint", id(claim));
            json.writeStringField("host", claim.host());
            json.writeStringField("path", claim.path());
            json.writeNumberField("starts", claim.starts());
            json.writeBooleanField("passing", claim.passing());
            json.writeStringField("claimedAt", claim.claimedAt().toString());
            json.writeEndObject();
        }
        if (kept.problem().isPresent()) {
            json.writeStringField("problem", kept.problem().get());
        }
        json.writeArrayFieldStart("positions");
        for (StoredPosition stored : latestFirst(kept).toList()) {
            json.writeStartObject();
            json.writeStringField("path", stored.path());
            json.writeNumberField("offset", stored.position().position().offset());
            json.writeNumberField("resets", stored.position().resets());
            json.writeStringField("deliveredAt", stored.deliveredAt().toString());
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeEndObject();
    }
}
