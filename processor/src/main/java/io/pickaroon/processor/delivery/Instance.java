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
 * @param start the latest start under the name
 * @param resets positions of files that the checkpoint has no entry for count from this reset number on; at least 0
 * @param adopted the name that this checkpoint took from another one because it was told to; an order that is repeated
 *     in a unit file counts once
 */
public record Instance(
        long checkpointId, String name, Standing standing, Start start, int resets, Optional<String> adopted) {

    /**
     * A start, and how far it has gone on. Numbers are raised durably here before the destination is told, so the
     * destination never has higher ones unless another copy of this checkpoint was started, or went on.
     *
     * @param number how often the checkpoint has been started, this start included
     * @param token random number of this start: distinguishes copies that were started equally often
     * @param renewals how often this start has announced that it delivers more
     */
    public record Start(long number, long token, long renewals) {
        public Start {
            if (number < 0 || renewals < 0) {
                throw new IllegalArgumentException("number %d, renewals %d: no such start".formatted(number, renewals));
            }
        }

        /* Written out, like hashCode: what a record has by itself is made anew by the JVM in every process. */
        @Override
        public boolean equals(Object other) {
            return other instanceof Start start
                    && number == start.number
                    && token == start.token
                    && renewals == start.renewals;
        }

        @Override
        public int hashCode() {
            return Long.hashCode(token) + 31 * (Long.hashCode(number) + 31 * Long.hashCode(renewals));
        }
    }

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
        Objects.requireNonNull(start, "start");
        if (checkpointId == 0 || resets < 0) {
            throw new IllegalArgumentException(
                    "checkpointId %x, resets %d: no such instance".formatted(checkpointId, resets));
        }
    }

    /* Written out, like hashCode: what a record has by itself is made anew by the JVM in every process. */
    @Override
    public boolean equals(Object other) {
        return other instanceof Instance instance
                && checkpointId == instance.checkpointId
                && name.equals(instance.name)
                && standing == instance.standing
                && start.equals(instance.start)
                && resets == instance.resets
                && adopted.equals(instance.adopted);
    }

    @Override
    public int hashCode() {
        return Objects.hash(checkpointId, name, standing, start, resets, adopted);
    }

    /**
     * One with a new identity, and a name that nothing else has.
     *
     * @param hostName in letters that a name may have
     */
    public static Instance fresh(String hostName, Standing standing, RandomGenerator random) {
        return new Instance(
                nonZero(random),
                freshName(hostName, random),
                standing,
                new Start(0, random.nextLong(), 0),
                0,
                Optional.empty());
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
        return new Instance(checkpointId, newName, newStanding, start, resets, adopted);
    }

    /** With one start more than both it and the destination know of. */
    public Instance started(long startsAtDestination, RandomGenerator random) {
        return new Instance(
                checkpointId,
                name,
                standing,
                new Start(Math.max(starts(), startsAtDestination) + 1, random.nextLong(), 0),
                resets,
                adopted);
    }

    /** With one renewal more. */
    public Instance renewed() {
        Start next = new Start(start.number, start.token, start.renewals + 1);
        return new Instance(checkpointId, name, standing, next, resets, adopted);
    }

    /** How often the checkpoint has been started under the name. */
    public long starts() {
        return start.number;
    }

    public Instance withAdopted(Optional<String> newAdopted) {
        return new Instance(checkpointId, name, standing, start, resets, newAdopted);
    }

    public Instance withResets(int newResets) {
        return new Instance(checkpointId, name, standing, start, newResets, adopted);
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
