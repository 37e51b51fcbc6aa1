package io.pickaroon.processor;

import io.pickaroon.processor.scan.Rule;
import io.pickaroon.processor.window.WindowPlan;
import java.nio.file.Path;
import java.util.List;

/**
 * Files that are read in the same way.
 *
 * @param id name of the input, for messages
 * @param files the files, each read independently of the others
 * @param startAtEnd whether a file that no checkpoint knows is begun at its present end
 * @param plan how the files are cut into windows and records
 * @param rules what to look for in them, in the order in which matches of one record are emitted
 */
public record LogInput(String id, List<Path> files, boolean startAtEnd, WindowPlan plan, List<Rule> rules) {
    public LogInput {
        files = List.copyOf(files);
        rules = List.copyOf(rules);
    }

    /** Whether reading these files may lead to changes in them. */
    boolean hasFixes() {
        return rules.stream().anyMatch(rule -> rule.fix().isPresent());
    }
}
