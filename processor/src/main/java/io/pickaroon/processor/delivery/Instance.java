package io.pickaroon.processor.delivery;

import java.util.HexFormat;
import java.util.Objects;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * The owner of positions at a destination: the identity of a checkpoint, and the name under which its positions are
 * kept. Immutable; the checkpoint stores it durably.
 *
 * @param checkpointId random number of the checkpoint, never 0. A copy of the file has the same one
 * @param name under which positions are kept. A checkpoint has one of its own until it holds another
 * @param standing what the checkpoint knows about the name
 * @param starts how often the checkpoint has been started under the name. Raised durably here before the destination is
 *     told, so the destination never has a higher one unless another copy of this checkpoint was started
 * @param startToken random number of the latest of these starts: distinguishes copies that were started equally often
 * @param resets positions of files that the checkpoint has no entry for count from this reset number on; at least 0
 * @param adopted the name that this checkpoint took from another one because it was told to; an order that is repeated
 *     in a unit file counts once
 */
public record Instance(
        long checkpointId,
        String name,
        Standing standing,
        long starts,
        long startToken,
        int resets,
        Optional<String> adopted) {

    /** What a checkpoint knows about its name. */
    public enum Standing {
        /** It has never held a name at a destination. */
        NEW,
        /**
         * It has never held a name and continues from its own positions, regardless of the claims of others: it was
         * made a new instance, or has delivered where names are not kept.
         */
        INDEPENDENT,
        /** It has held this name. */
        HELD,
        /** It was written by a version without names, which used the host's name or {@code instance:}. */
        UNNAMED,
        /** There is no checkpoint: the name ends with the run. */
        PASSING
    }

    private static final int SUFFIX_DIGITS = 8;

    public Instance {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(standing, "standing");
        Objects.requireNonNull(adopted, "adopted");
        if (checkpointId == 0 || starts < 0 || resets < 0) {
            throw new IllegalArgumentException(
                    "checkpointId %x, starts %d, resets %d: no such instance".formatted(checkpointId, starts, resets));
        }
    }

    /**
     * One with a new identity, and a name that nothing else has.
     *
     * @param hostName in letters that a name may have
     */
    public static Instance fresh(String hostName, Standing standing, RandomGenerator random) {
        return new Instance(
                nonZero(random), freshName(hostName, random), standing, 0, random.nextLong(), 0, Optional.empty());
    }

    /** The host's name and eight random characters. */
    public static String freshName(String hostName, RandomGenerator random) {
        return hostName + "-" + HexFormat.of().toHexDigits(random.nextLong(), SUFFIX_DIGITS);
    }

    private static long nonZero(RandomGenerator random) {
        long number = random.nextLong();
        return number == 0 ? 1 : number;
    }

    /** Under another name. */
    public Instance named(String newName, Standing newStanding) {
        return new Instance(checkpointId, newName, newStanding, starts, startToken, resets, adopted);
    }

    /** With one start more than both it and the destination know of. */
    public Instance started(long startsAtDestination, RandomGenerator random) {
        return new Instance(
                checkpointId,
                name,
                standing,
                Math.max(starts, startsAtDestination) + 1,
                random.nextLong(),
                resets,
                adopted);
    }

    public Instance withAdopted(Optional<String> newAdopted) {
        return new Instance(checkpointId, name, standing, starts, startToken, resets, newAdopted);
    }

    public Instance withResets(int newResets) {
        return new Instance(checkpointId, name, standing, starts, startToken, newResets, adopted);
    }

    /** A number of starts, in words. */
    public static String startedText(long starts) {
        return starts == 1 ? "started once" : "started %d times".formatted(starts);
    }

    /** The identity as text: 16 hexadecimal digits. */
    public String checkpointIdText() {
        return HexFormat.of().toHexDigits(checkpointId);
    }
}
