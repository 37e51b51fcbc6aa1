package io.pickaroon.app.verify;

import io.pickaroon.config.settings.FixSettings;
import io.pickaroon.config.settings.RuleSettings;
import io.pickaroon.config.settings.Settings;
import io.pickaroon.inputs.discovery.InputFiles;
import io.pickaroon.processor.file.FileIdentity;
import io.pickaroon.processor.file.FileSighting;
import io.pickaroon.processor.file.LogFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Ranges of files that were changed, and whether they still hold what fixes have put there: only bytes of the mask, or of the
 * replacement, of one of their rules. For one thread.
 */
final class MaskedRanges implements AutoCloseable {
    /** Places that are kept. */
    static final int MOST = 100;

    private static final int STEP_BYTES = 1 << 16;

    /** A range that holds something else. */
    record Broken(VerifiedFile file, String rules, long offset, long length) {}

    /** What changed a range. */
    private record Cause(List<String> rules, boolean isOfThisConfiguration) {}

    private final Map<String, BitSet> byRule = new HashMap<>();
    private final List<Path> inputPaths;
    private final String configuration;
    private final SortedEntries entries;
    private final List<Cause> causes = new ArrayList<>();
    private final Map<Cause, Integer> causeNumbers = new HashMap<>();
    private final List<Broken> broken = new ArrayList<>();
    private final byte[] bytes = new byte[STEP_BYTES];
    private final Map<FileIdentity, Path> paths = new HashMap<>();
    private LogFile open;
    private int openIndex = -1;
    private long brokenCount;
    private long heldCount;
    private long notReadCount;
    private long otherCount;

    /** @param configuration what lines of the trail call the configuration of today */
    MaskedRanges(Settings settings, InputFiles files, String configuration, Path temporary) {
        this.inputPaths = settings.inputs().stream()
                .flatMap(input -> files.of(input.id()).stream())
                .toList();
        this.configuration = configuration;
        this.entries = new SortedEntries(temporary);
        for (RuleSettings rule : settings.rules()) {
            rule.fix().ifPresent(fix -> byRule.put(rule.id(), bytes(fix.change())));
        }
    }

    private static BitSet bytes(FixSettings.Change change) {
        BitSet allowed = new BitSet();
        String text = switch (change) {
            case FixSettings.Replace(String replacement) -> replacement;
            case FixSettings.Mask(char character, int _, int _) -> Character.toString(character);
            // Numbers in JSON become zeros, so that it stays JSON.
            case FixSettings.DetectorMask(char character) -> "0" + character;
        };
        for (byte each : text.getBytes(StandardCharsets.UTF_8)) {
            allowed.set(Byte.toUnsignedInt(each));
        }
        return allowed;
    }

    /** A range that was changed. */
    void add(VerifiedFile file, long offset, long length, List<String> rules, String itsConfiguration)
            throws IOException {
        Cause cause = new Cause(List.copyOf(rules), itsConfiguration.equals(configuration));
        int number = causeNumbers.computeIfAbsent(cause, _ -> {
            causes.add(cause);
            return causes.size() - 1;
        });
        entries.add(file.index(), offset, number, length);
    }

    /** A range in a file that is not there, or has other content. */
    void notRead() {
        notReadCount++;
    }

    /** Looks at all ranges. */
    void check(List<VerifiedFile> files) throws IOException {
        for (Path path : inputPaths) {
            FileSighting.at(path).ifPresent(seen -> paths.put(seen.identity(), path));
        }
        try {
            entries.forEach((file, offset, cause, length) ->
                    check(files.get((int) file), offset, length, causes.get((int) cause)));
        } finally {
            closeFile();
        }
    }

    private void check(VerifiedFile file, long offset, long length, Cause cause) throws IOException {
        Optional<LogFile> found = file.fits() ? open(file) : Optional.empty();
        if (found.isEmpty()) {
            notReadCount++;
            return;
        }
        if (holds(found.get(), offset, length, cause)) {
            heldCount++;
        } else if (!cause.isOfThisConfiguration()) {
            otherCount++;
        } else {
            brokenCount++;
            if (broken.size() < MOST) {
                broken.add(new Broken(file, String.join(", ", cause.rules()), offset, length));
            }
        }
    }

    private boolean holds(LogFile file, long offset, long length, Cause cause) throws IOException {
        BitSet allowed = new BitSet();
        cause.rules().forEach(rule -> allowed.or(byRule.getOrDefault(rule, new BitSet())));
        for (long done = 0; done < length; done += STEP_BYTES) {
            int step = (int) Math.min(STEP_BYTES, length - done);
            if (file.readUpTo(offset + done, bytes, 0, step) < step) {
                return false;
            }
            for (int i = 0; i < step; i++) {
                if (!allowed.get(Byte.toUnsignedInt(bytes[i]))) {
                    return false;
                }
            }
        }
        return true;
    }

    /** The file under the name that it has now. */
    private Optional<LogFile> open(VerifiedFile file) throws IOException {
        if (openIndex != file.index()) {
            closeFile();
            openIndex = file.index();
            Optional<Path> path = Optional.ofNullable(paths.get(file.inode()));
            if (path.isPresent()) {
                openIfSame(file, path.get());
            }
        }
        return Optional.ofNullable(open);
    }

    /** It may have been renamed or deleted meanwhile. */
    private void openIfSame(VerifiedFile file, Path path) throws IOException {
        try {
            LogFile opened = LogFile.open(path);
            if (file.inode().equals(opened.identity())) {
                open = opened;
            } else {
                opened.close();
            }
        } catch (NoSuchFileException _) {
            open = null;
        }
    }

    private void closeFile() throws IOException {
        if (open != null) {
            open.close();
            open = null;
        }
    }

    long heldCount() {
        return heldCount;
    }

    long brokenCount() {
        return brokenCount;
    }

    /** Ranges in files that are not there, or have other content now. */
    long notReadCount() {
        return notReadCount;
    }

    /** Ranges that hold something else, and were changed under another configuration, which may have masked in another way. */
    long otherCount() {
        return otherCount;
    }

    /** {@value #MOST} at most. */
    List<Broken> broken() {
        return List.copyOf(broken);
    }

    @Override
    public void close() throws IOException {
        entries.close();
    }
}
