package io.pickaroon.app.checkpoint;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import io.pickaroon.app.terminal.Table;
import io.pickaroon.processor.checkpoint.Checkpoint;
import io.pickaroon.processor.checkpoint.CheckpointFile;
import io.pickaroon.processor.checkpoint.CheckpointInspection;
import io.pickaroon.processor.directio.NativePath;
import io.pickaroon.processor.fix.JournalInspection;
import io.pickaroon.processor.fix.RedoJournal;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** A checkpoint as it is on disk, and the log files that it knows as they are now. */
public final class CheckpointView {
    private final CheckpointInspection inspection;
    private final List<CheckpointedFile> files;
    private final Optional<JournalInspection> journal;

    private CheckpointView(
            CheckpointInspection inspection, List<CheckpointedFile> files, Optional<JournalInspection> journal) {
        this.inspection = inspection;
        this.files = files;
        this.journal = journal;
    }

    /**
     * Looks at a checkpoint, which a run may be using.
     *
     * @throws java.nio.file.NoSuchFileException if there is none
     */
    public static CheckpointView of(Path path) throws IOException {
        CheckpointInspection inspection = CheckpointFile.inspect(path);
        List<CheckpointedFile> files = inspection
                .checkpoint()
                .map(checkpoint -> checkpoint.entries().entrySet().stream()
                        .map(entry -> CheckpointedFile.of(entry.getKey(), entry.getValue()))
                        .toList())
                .orElse(List.of());
        return new CheckpointView(inspection, files, RedoJournal.inspect(path));
    }

    /** Why a run would refuse to start with it; empty if it would start. */
    public Optional<String> problem() {
        return inspection.problem();
    }

    /** Both slots, and which of them counts. */
    public String slots() {
        String slots = "slot A: %s; slot B: %s"
                .formatted(
                        inspection.slots().a().describe(),
                        inspection.slots().b().describe());
        Optional<Checkpoint> checkpoint = inspection.checkpoint();
        if (checkpoint.isEmpty()) {
            return slots;
        }
        return "in use: slot %c, written %s; %s%s"
                .formatted(
                        inspection.inUse().orElseThrow(),
                        checkpoint.get().writtenAt(),
                        slots,
                        inspection.fellBack() ? " (as after a crash in the middle of a write)" : "");
    }

    /** Who the checkpoint is, and since when it has which inputs; lines. */
    public String instance() {
        return inspection.checkpoint().map(InstanceView::text).orElse("");
    }

    /** The log files, a row each. */
    public String table() {
        Table table = new Table().row("FILE", "IDENTITY", "OFFSET", "FIXED UP TO", "SIZE NOW", "LEFT", "STATE");
        for (CheckpointedFile file : files) {
            table.row(
                    NativePath.printable(file.path()),
                    file.identity().toString(),
                    Long.toString(file.entry().position().offset()),
                    Long.toString(file.entry().waiting().from().offset()),
                    Long.toString(file.sizeNowBytes()),
                    Long.toString(file.bytesLeft()),
                    file.state().word());
        }
        return table.render();
    }

    /** Whether a journal lies beside it, and what a run would have to finish first; a line, or nothing. */
    public String journal() {
        if (journal.isEmpty()) {
            return "";
        }
        long records = recordsToFinish();
        String finish = records == 0
                ? "no fix was interrupted"
                : "the changes to %d records in %s may be half done; a start finishes them first, unless a run is at it now"
                        .formatted(
                                records,
                                journal.get().files().stream()
                                        .map(NativePath::printable)
                                        .collect(Collectors.joining(", ")));
        return NativePath.printable(journal.get().path()) + ": " + finish + System.lineSeparator();
    }

    private long recordsToFinish() {
        return journal.map(found -> found.recordsToFinish(
                        inspection.checkpoint().map(Checkpoint::sequence).orElse(0L)))
                .orElse(0L);
    }

    /** What a run would do with each log file, a line each. */
    public String afterRestart() {
        StringBuilder text = new StringBuilder();
        for (CheckpointedFile file : files) {
            text.append(NativePath.printable(file.path()))
                    .append(": ")
                    .append(file.afterRestart())
                    .append(System.lineSeparator());
        }
        inspection
                .checkpoint()
                .ifPresent(checkpoint -> text.append("Sent again is at most what was sent after ")
                        .append(checkpoint.writtenAt())
                        .append(" from behind these offsets.")
                        .append(System.lineSeparator()));
        return text.toString();
    }

    /** All of it as a JSON object. */
    public String json() {
        StringWriter text = new StringWriter();
        try (JsonGenerator json = new JsonFactory().createGenerator(text)) {
            json.setPrettyPrinter(new DefaultPrettyPrinter());
            json.writeStartObject();
            json.writeStringField("path", NativePath.escaped(inspection.path()));
            json.writeNumberField("fileBytes", inspection.fileBytes());
            json.writeObjectFieldStart("slots");
            json.writeStringField("A", inspection.slots().a().describe());
            json.writeStringField("B", inspection.slots().b().describe());
            json.writeEndObject();
            writeCheckpoint(json);
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return text.toString();
    }

    private void writeCheckpoint(JsonGenerator json) throws IOException {
        Optional<Checkpoint> checkpoint = inspection.checkpoint();
        if (checkpoint.isEmpty()) {
            json.writeStringField("problem", problem().orElseThrow());
            return;
        }
        json.writeStringField("slotInUse", inspection.inUse().orElseThrow().toString());
        json.writeNumberField("sequence", checkpoint.get().sequence());
        json.writeStringField("writtenAt", checkpoint.get().writtenAt().toString());
        if (journal.isPresent()) {
            json.writeObjectFieldStart("journal");
            json.writeStringField("path", NativePath.escaped(journal.get().path()));
            json.writeNumberField("recordsToFinish", recordsToFinish());
            json.writeEndObject();
        }
        InstanceView.write(checkpoint.get(), json);
        json.writeArrayFieldStart("files");
        for (CheckpointedFile file : files) {
            json.writeStartObject();
            json.writeStringField("path", NativePath.escaped(file.path()));
            json.writeStringField("identity", file.identity().toString());
            json.writeNumberField("offset", file.entry().position().offset());
            json.writeNumberField("fixedOffset", file.entry().waiting().from().offset());
            json.writeNumberField("resets", file.entry().reset().number());
            json.writeBooleanField("resetPending", file.entry().reset().isPending());
            json.writeBooleanField("startsRecord", file.entry().position().startsRecord());
            json.writeNumberField("sizeAtCheckpoint", file.entry().content().sizeBytes());
            json.writeNumberField("sizeNow", file.sizeNowBytes());
            json.writeNumberField("bytesLeft", file.bytesLeft());
            json.writeStringField("state", file.state().word());
            json.writeEndObject();
        }
        json.writeEndArray();
    }
}
