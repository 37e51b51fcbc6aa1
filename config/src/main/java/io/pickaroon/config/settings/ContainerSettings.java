package io.pickaroon.config.settings;

import java.util.Objects;

/**
 * What container runtimes write around the text of each line.
 *
 * @param format how
 * @param maxPartDistance a line that starts further behind the start of a record is no part of it, in bytes of the file, 1 KiB to
 *     1 GiB
 */
public record ContainerSettings(Format format, int maxPartDistance) {
    /** Where nothing is given. */
    public static final int MAX_PART_DISTANCE = 16 << 20;

    public ContainerSettings {
        Objects.requireNonNull(format, "format");
    }

    /** Who writes the lines. */
    public enum Format {
        /** containerd and CRI-O, for kubelet. */
        CRI,
        /** Docker's driver json-file. */
        DOCKER
    }
}
