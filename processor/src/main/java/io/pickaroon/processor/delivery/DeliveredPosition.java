package io.pickaroon.processor.delivery;

import io.pickaroon.processor.file.LineEnds;
import io.pickaroon.processor.file.Position;
import io.pickaroon.processor.scan.ScannedWindow;
import java.util.Objects;
import java.util.Set;

/**
 * How far a destination knows a file to be delivered, and by which rules.
 *
 * @param position up to there
 * @param rules fingerprints of the rules whose matches were delivered, as {@link
 *     io.pickaroon.processor.scan.ScannedWindow#rules()} has them; of other rules it is not known
 * @param rulesSince offset from which on they were delivered; at least up to there, other rules may have been in force
 * @param lineEnds where lines ended before the position when that was delivered
 */
public record DeliveredPosition(Position position, Set<String> rules, long rulesSince, LineEnds lineEnds) {
    /** A position about which it is not known where lines ended before it. */
    public DeliveredPosition(Position position, Set<String> rules, long rulesSince) {
        this(position, rules, rulesSince, LineEnds.UNKNOWN);
    }

    /** The end of a window, which was delivered. */
    public static DeliveredPosition after(ScannedWindow window, long rulesSince) {
        return new DeliveredPosition(window.end(), window.rules(), rulesSince, window.lineEnds());
    }

    public DeliveredPosition {
        Objects.requireNonNull(position, "position");
        Objects.requireNonNull(lineEnds, "lineEnds");
        rules = Set.copyOf(rules);
        if (rulesSince < 0 || rulesSince > position.offset()) {
            throw new IllegalArgumentException(
                    "rulesSince %d is not in [0, %d]".formatted(rulesSince, position.offset()));
        }
    }
}
