package io.pickaroon.processor.delivery;

import io.pickaroon.processor.file.FileIdentity;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/**
 * What a destination that keeps positions needs from the run that delivers to it. Called by threads of the sink,
 * between the start of a session and its first demand for windows; {@link #instance} and {@link #keep} also before a group
 * of windows is delivered. Calls may block, so never by a thread of the engine.
 */
public interface DeliveringRun {
    /**
     * A file that the inputs have now.
     *
     * @param rules fingerprints of the rules of its input that emit
     * @param checkpointed how far the checkpoint has it; empty if it does not know it
     */
    record KnownFile(Set<String> rules, OptionalLong checkpointed) {
        public KnownFile {
            rules = Set.copyOf(rules);
        }
    }

    /**
     * How far the checkpoint has a file.
     *
     * @param path where it was when it was first seen
     * @param position its place; the rules are those of its inputs that emit, which may be in force only since then
     */
    record Place(Path path, DeliveredPosition position) {}

    /**
     * The name and identity of this run, as they are durable in the checkpoint; without a checkpoint, as they were last
     * passed to {@link #keep}.
     */
    Instance instance();

    /**
     * Replaces the instance in the checkpoint; durable on return.
     *
     * @throws IOException if it cannot be written, which ends the run
     * @throws InterruptedException if the session is cancelled; it may be durable or not
     */
    void keep(Instance next) throws IOException, InterruptedException;

    /** True if files were reset since the destination was last told: {@link #numberResets} has to give them a number. */
    boolean hasPendingResets();

    /** The highest reset number that the checkpoint has, of any file; at least 0. */
    int highestResets();

    /** The reset number of this file: its entry's, or the instance's if the checkpoint has no entry for it. */
    int resets(FileIdentity file);

    /**
     * Gives this number to every file whose reset is pending; durable on return.
     *
     * @param number higher than every one that the destination has under the name
     */
    void numberResets(int number) throws IOException, InterruptedException;

    /** Has every file read again from its start, under this reset number; durable on return. */
    void startAnew(int number) throws IOException, InterruptedException;

    /** Fingerprints of all rules that emit, of all inputs. */
    Set<String> rules();

    /** The files of all inputs that are there now; lists their directories. */
    Map<FileIdentity, KnownFile> files() throws IOException;

    /** All files of its inputs that the checkpoint has, whether they are there or not. */
    Map<FileIdentity, Place> places();

    /** This host's name, in letters that an instance's name may have. */
    String hostName();

    /** Whether it only sends again what another run has delivered: it has no checkpoint, and none is missing. */
    default boolean isReplay() {
        return false;
    }

    /** The checkpoint, as an absolute path without links; empty if there is none. */
    Optional<Path> checkpoint();

    /**
     * Whether the checkpoint waits for room on its file system. Meanwhile the run soon takes no more acknowledgements, so nothing
     * can be said of the destination by their absence. At any time, on any thread; never blocks.
     */
    default boolean waitsForRoom() {
        return false;
    }
}
