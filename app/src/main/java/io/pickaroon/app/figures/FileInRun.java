package io.pickaroon.app.figures;

import io.pickaroon.processor.directio.ByteText;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a run does with one file: one generation of an inode.
 *
 * @param start offset at which reading begins
 * @param end offset that reading comes to
 * @param figures by their names in a {@link RecordedRun}, in a fixed order
 * @param rules those that took part, in the order of their ids
 */
public record FileInRun(Place place, long start, long end, Map<String, Long> figures, List<RuleInFile> rules) {
    /**
     * Which file it is.
     *
     * @param input id of its input
     * @param path its name, with each byte that is no UTF-8 as {@code \xHH}
     * @param identity device, inode, birth time in nanoseconds, and generation, as messages have them
     */
    public record Place(String input, String path, String identity) {
        /** The name for people. */
        public String printable() {
            return ByteText.withoutControls(path);
        }
    }

    public FileInRun {
        figures = Collections.unmodifiableMap(new LinkedHashMap<>(figures));
        rules = List.copyOf(rules);
    }

    /** A figure; 0 if it is not there. */
    public long figure(String name) {
        return figures.getOrDefault(name, 0L);
    }
}
