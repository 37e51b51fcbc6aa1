package io.pickaroon.processor.rule;

import java.util.Objects;

/**
 * What a rule takes along with each record that it emits, and which ones it emits.
 *
 * @param captures what is taken from the record
 * @param context which neighbouring records come with it
 * @param sample which of the records that the rule matches are emitted
 * @param wholeLines whether of a record of a container log all its lines are emitted as they stand in the file, and not their text
 *     alone; of no account in other files
 */
public record EmitOptions(Captures captures, Context context, Sample sample, boolean wholeLines) {
    /** Every record, and nothing else. */
    public static final EmitOptions NONE = new EmitOptions(Captures.NONE, Context.NONE);

    /** Texts of records. */
    public EmitOptions(Captures captures, Context context, Sample sample) {
        this(captures, context, sample, false);
    }

    /** Every record. */
    public EmitOptions(Captures captures, Context context) {
        this(captures, context, Sample.ALL);
    }

    /** Values of every record, each of which stands alone. */
    public EmitOptions(Captures captures) {
        this(captures, Context.NONE);
    }

    public EmitOptions {
        Objects.requireNonNull(captures, "captures");
        Objects.requireNonNull(context, "context");
        Objects.requireNonNull(sample, "sample");
    }
}
