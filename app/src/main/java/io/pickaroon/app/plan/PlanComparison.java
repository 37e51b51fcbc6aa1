package io.pickaroon.app.plan;

import io.pickaroon.app.figures.FileInRun;
import io.pickaroon.app.figures.RecordedRun;
import io.pickaroon.app.figures.RuleInFile;
import io.pickaroon.processor.directio.ByteText;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Every difference between what was planned and what was done: a pure function of both. */
final class PlanComparison {
    private final List<String> differences = new ArrayList<>();

    private PlanComparison() {}

    /** A line for each difference, without line ends; none if every figure is the same. */
    static List<String> differences(RecordedRun plan, RecordedRun done) {
        PlanComparison comparison = new PlanComparison();
        comparison.compare(plan, done);
        return comparison.differences;
    }

    private void compare(RecordedRun plan, RecordedRun done) {
        if (!plan.origin().sha256().equals(done.origin().sha256())) {
            differences.add("configuration: %s was planned, %s has run: they do not say the same"
                    .formatted(
                            ByteText.withoutControls(plan.origin().configuration()),
                            ByteText.withoutControls(done.origin().configuration())));
        }
        figures("all files", plan.figures(), done.figures());
        files(byIdentity(plan), byIdentity(done));
        problems(plan, done);
    }

    private void files(Map<String, FileInRun> planned, Map<String, FileInRun> done) {
        for (String identity : union(planned.keySet(), done.keySet())) {
            FileInRun before = planned.get(identity);
            FileInRun after = done.get(identity);
            if (before == null) {
                differences.add(name(after) + ": was read, and is not in the plan");
            } else if (after == null) {
                differences.add(name(before) + ": is in the plan, and was not read");
            } else {
                file(before, after);
            }
        }
    }

    private void file(FileInRun planned, FileInRun done) {
        String name = name(planned);
        number(name, "start", planned.start(), done.start());
        number(name, "end", planned.end(), done.end());
        figures(name, planned.figures(), done.figures());
        Map<String, RuleInFile> before = byId(planned);
        Map<String, RuleInFile> after = byId(done);
        for (String id : union(before.keySet(), after.keySet())) {
            figures(
                    name + ", rule " + ByteText.withoutControls(id),
                    before.containsKey(id) ? before.get(id).figures() : Map.of(),
                    after.containsKey(id) ? after.get(id).figures() : Map.of());
        }
    }

    private void figures(String where, Map<String, Long> planned, Map<String, Long> done) {
        for (String name : union(planned.keySet(), done.keySet())) {
            number(where, name, planned.getOrDefault(name, 0L), done.getOrDefault(name, 0L));
        }
    }

    private void number(String where, String name, long planned, long done) {
        if (planned != done) {
            differences.add(
                    "%s: %s: %d planned, %d done".formatted(where, ByteText.withoutControls(name), planned, done));
        }
    }

    private void problems(RecordedRun plan, RecordedRun done) {
        for (RecordedRun.Problem problem : plan.problems()) {
            if (!done.problems().contains(problem)) {
                differences.add("%s: was foreseen, and did not come: %s".formatted(path(problem), text(problem)));
            }
        }
        for (RecordedRun.Problem problem : done.problems()) {
            if (!plan.problems().contains(problem)) {
                differences.add("%s: was not foreseen: %s".formatted(path(problem), text(problem)));
            }
        }
    }

    private static String path(RecordedRun.Problem problem) {
        return ByteText.withoutControls(problem.path());
    }

    private static String text(RecordedRun.Problem problem) {
        return ByteText.withoutControls(problem.message());
    }

    private static String name(FileInRun file) {
        return file.place().printable();
    }

    private static Map<String, FileInRun> byIdentity(RecordedRun run) {
        Map<String, FileInRun> files = new LinkedHashMap<>();
        run.files().forEach(file -> files.put(file.place().identity(), file));
        return files;
    }

    private static Map<String, RuleInFile> byId(FileInRun file) {
        Map<String, RuleInFile> rules = new LinkedHashMap<>();
        file.rules().forEach(rule -> rules.put(rule.id(), rule));
        return rules;
    }

    private static Set<String> union(Set<String> some, Set<String> others) {
        Set<String> all = new LinkedHashSet<>(some);
        all.addAll(others);
        return all;
    }
}
