package io.pickaroon.processor.rule;

import java.util.Objects;

/**
 * What a rule takes along with each record that it emits.
 *
 * @param captures what is taken from the record
 * @param context which neighbouring records come with it
 */
public record EmitOptions(Captures captures, Context context) {
    /** The record, and nothing else. */
    public static final EmitOptions NONE = new EmitOptions(Captures.NONE, Context.NONE);

    /** Values of the record, which stands alone. */
    public EmitOptions(Captures captures) {
        this(captures, Context.NONE);
    }

    public EmitOptions {
        Objects.requireNonNull(captures, "captures");
        Objects.requireNonNull(context, "context");
    }
}
