package io.pickaroon.app.configuration;

import io.pickaroon.config.settings.CheckpointSettings;
import io.pickaroon.config.settings.OutputSettings;
import io.pickaroon.processor.directio.NativePath;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * The files of a run beside those of its inputs: what its configuration is read from, and what it keeps and writes. Nothing else
 * may be written over them.
 */
public final class OwnFiles {
    /** What lies beside a checkpoint under its name, and the checkpoint itself. */
    private static final List<String> OF_CHECKPOINT = List.of("", ".journal", ".lock", ".new", ".journal.new");

    /** A path in a property of Kafka, which may be a part of it, such as the key tab of a JAAS configuration. */
    private static final Pattern PATH = Pattern.compile("/[^\\s\\x00\"';,]+");

    private final Map<Path, String> files = new LinkedHashMap<>();

    private OwnFiles(Path configuration, RunPlan plan) throws IOException {
        files.put(configuration, "the configuration");
        plan.otherFiles().forEach(file -> files.put(file, "a file that the configuration is read from"));
        plan.settings().checkpoint().map(CheckpointSettings::path).ifPresent(checkpoint -> {
            ofCheckpoint(checkpoint).forEach(file -> files.put(file, "a file of the checkpoint"));
            files.put(checkpoint, "the checkpoint");
        });
        if (plan.audit().isPresent()) {
            plan.audit().get().ownFiles().forEach(file -> files.put(file, "a file of the audit trail"));
        }
        add(plan.settings().output());
        add(plan.output());
    }

    private void add(OutputSettings output) {
        if (output instanceof OutputSettings.File file) {
            files.put(file.path(), "the output");
        } else if (output instanceof OutputSettings.Kafka kafka) {
            Outputs.files(kafka).forEach(file -> files.put(file, "the file of dead letters"));
            kafka.properties().values().stream()
                    .flatMap(value -> PATH.matcher(value).results().map(MatchResult::group))
                    .forEach(path -> files.put(Path.of(path), "a file that a property of Kafka names"));
        }
    }

    /** What a file is to a run, in a few words; empty if it is none of its own. Any name of the file will do. */
    public static Optional<String> roleOf(Path file, Path configuration, RunPlan plan) throws IOException {
        for (Map.Entry<Path, String> own : new OwnFiles(configuration, plan).files.entrySet()) {
            if (isSame(file, own.getKey())) {
                return Optional.of(own.getValue());
            }
        }
        return Optional.empty();
    }

    /** The checkpoint and everything that may lie beside it, there or not. */
    public static List<Path> ofCheckpoint(Path checkpoint) {
        return OF_CHECKPOINT.stream()
                .map(suffix -> checkpoint.resolveSibling(checkpoint.getFileName() + suffix))
                .toList();
    }

    /** Whether both names are those of one regular file, or would be if it existed. */
    private static boolean isSame(Path file, Path own) throws IOException {
        if (Files.isRegularFile(file)) {
            return Files.exists(own) && Files.isSameFile(file, own);
        }
        Path one = NativePath.workingDirectory().resolve(file);
        Path other = NativePath.workingDirectory().resolve(own);
        return !Files.exists(one)
                && one.getFileName().equals(other.getFileName())
                && Files.isDirectory(other.getParent())
                && Files.isSameFile(one.getParent(), other.getParent());
    }
}
