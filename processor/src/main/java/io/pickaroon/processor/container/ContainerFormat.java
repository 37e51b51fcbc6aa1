package io.pickaroon.processor.container;

import java.util.Objects;

/**
 * What stands around the text in the lines of a container log.
 *
 * @param syntax how a line is written
 * @param maxPartDistanceBytes a line that starts further behind the start of a record is no part of it, in bytes of the file, the
 *     lines of the other stream included; at least 1
 */
public record ContainerFormat(Syntax syntax, int maxPartDistanceBytes) {
    /** What is used unless a setting says otherwise. */
    public static final int MAX_PART_DISTANCE_BYTES = 16 << 20;

    /** Who writes the lines. */
    public enum Syntax {
        /** containerd and CRI-O: {@code TIME STREAM TAG TEXT}, where tag {@code P} says that the message goes on. */
        CRI("cri"),
        /** Docker's driver json-file: {@code {"log":"TEXT\n","stream":"stdout","time":"TIME"}}. */
        DOCKER("docker");

        private final String description;

        Syntax(String description) {
            this.description = description;
        }

        LineSyntax newLines() {
            return this == CRI ? new CriLine() : new DockerLine();
        }

        /** The word in a configuration. */
        public String word() {
            return description;
        }

        /** True if a line, without its line feed, is written so. */
        public boolean isOf(byte[] line) {
            return newLines().parse(line, 0, line.length, new LineParts());
        }

        /** True if the text stands in the file byte for byte. */
        public boolean isVerbatim() {
            return this == CRI;
        }
    }

    public ContainerFormat {
        Objects.requireNonNull(syntax, "syntax");
        if (maxPartDistanceBytes < 1) {
            throw new IllegalArgumentException(
                    "maxPartDistanceBytes %d must be at least 1".formatted(maxPartDistanceBytes));
        }
    }

    /** The same for formats that make the same records of a file; different for others, and the same in all versions. */
    public String description() {
        return "container %s %d".formatted(syntax.description, maxPartDistanceBytes);
    }
}
