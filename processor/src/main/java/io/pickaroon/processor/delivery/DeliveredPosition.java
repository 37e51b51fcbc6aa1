package io.pickaroon.processor.delivery;

import io.pickaroon.processor.file.LineEnds;
import io.pickaroon.processor.file.Position;
import io.pickaroon.processor.scan.ScannedWindow;
import java.util.Objects;
import java.util.Set;

/**
 * How far a file is delivered as its destination knows it, and by which rules.
 *
 * @param position up to there
 * @param rules fingerprints of the rules whose matches were delivered, as {@link
 *     io.pickaroon.processor.scan.ScannedWindow#rules()} has them; of other rules it is not known
 * @param rulesSince offset from which on they were delivered; at least up to there, other rules may have been in force
 * @param lineEnds where lines ended before the position when that was delivered
 * @param resets how often the file has been reset, to be read again; of two positions the one with the higher number
 *     counts. At least 0
 */
public record DeliveredPosition(Position position, Set<String> rules, long rulesSince, LineEnds lineEnds, int resets) {
    /** A position of a file that was never reset, about which it is not known where lines ended before it. */
    public DeliveredPosition(Position position, Set<String> rules, long rulesSince) {
        this(position, rules, rulesSince, LineEnds.UNKNOWN, 0);
    }

    /** The end of a window, which was delivered. */
    public static DeliveredPosition after(ScannedWindow window, long rulesSince, int resets) {
        return new DeliveredPosition(window.end(), window.rules(), rulesSince, window.lineEnds(), resets);
    }

    public DeliveredPosition {
        Objects.requireNonNull(position, "position");
        Objects.requireNonNull(lineEnds, "lineEnds");
        rules = Set.copyOf(rules);
        if (rulesSince < 0 || rulesSince > position.offset() || resets < 0) {
            throw new IllegalArgumentException("rulesSince %d is not in [0, %d], or resets %d negative"
                    .formatted(rulesSince, position.offset(), resets));
        }
    }
}
