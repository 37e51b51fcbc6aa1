package io.pickaroon.processor.commit;

import io.pickaroon.processor.checkpoint.CheckpointEntry;
import io.pickaroon.processor.checkpoint.CheckpointFile;
import io.pickaroon.processor.checkpoint.KnownRule;
import io.pickaroon.processor.directio.ByteText;
import io.pickaroon.processor.directio.NativePath;
import io.pickaroon.processor.input.InputScanners;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Says which stretches of files rules do not see, because they are new and the checkpoint is not. */
public final class NewRules {
    private static final Logger LOG = LoggerFactory.getLogger(NewRules.class);
    private static final int MOST_FILES = 5;

    private NewRules() {}

    /** Says it, and keeps the rules of this run; durable with the next commit. Nothing is said where old rules are not known. */
    public static void note(CheckpointFile checkpoint, List<InputScanners> inputs) {
        checkpoint
                .current()
                .sections()
                .rules()
                .ifPresent(before -> inputs.forEach(input -> say(checkpoint, before, input)));
        checkpoint
                .progress()
                .keepRules(
                        inputs.stream().flatMap(input -> rules(input).stream()).collect(Collectors.toSet()));
    }

    private static Set<KnownRule> rules(InputScanners input) {
        return input.first().rules().stream()
                .map(rule -> new KnownRule(
                        input.input().id(), rule.id(), input.first().fingerprint(rule)))
                .collect(Collectors.toSet());
    }

    private static void say(CheckpointFile checkpoint, Set<KnownRule> before, InputScanners input) {
        String inputId = input.input().id();
        boolean inputIsKnown = before.stream().anyMatch(rule -> rule.inputId().equals(inputId));
        Set<String> seen = before.stream()
                // An input with another id may be the same one, renamed.
                .filter(rule -> !inputIsKnown || rule.inputId().equals(inputId))
                .map(KnownRule::fingerprint)
                .collect(Collectors.toSet());
        Set<String> fresh = rules(input).stream()
                .filter(rule -> !seen.contains(rule.fingerprint()))
                .map(KnownRule::ruleId)
                .collect(Collectors.toCollection(TreeSet::new));
        List<CheckpointEntry> read = checkpoint.current().entries().values().stream()
                .filter(entry ->
                        entry.position().offset() > 0 && entry.goneSince().isEmpty())
                .filter(entry -> input.input().files().covers(entry.path()))
                .toList();
        if (!fresh.isEmpty() && !read.isEmpty()) {
            LOG.warn(
                    "input {}: {} new or changed: what was read before is not searched for {}, {} bytes of {};"
                            + " to have it read again, stop this run, then: pickaroon checkpoint reset {}{}",
                    inputId,
                    fresh.size() == 1
                            ? "rule " + fresh.iterator().next() + " is"
                            : "rules " + String.join(", ", fresh) + " are",
                    fresh.size() == 1 ? "it" : "them",
                    read.stream().mapToLong(entry -> entry.position().offset()).sum(),
                    read.size() == 1 ? "1 file" : read.size() + " files",
                    ByteText.shellWord(NativePath.printable(checkpoint.path())),
                    files(read));
        }
    }

    /** The files one by one if they are few, otherwise their directories. */
    private static String files(List<CheckpointEntry> read) {
        boolean few = read.size() <= MOST_FILES;
        return read.stream()
                .map(CheckpointEntry::path)
                .map(path -> few ? literal(path) : literal(path.getParent()) + "/*")
                .distinct()
                .map(glob -> " --file " + ByteText.shellWord(ByteText.printable(glob)))
                .collect(Collectors.joining());
    }

    private static String literal(Path path) {
        return NativePath.text(path).replaceAll("[\\\\*?\\[\\]{}]", "\\\\$0");
    }
}
