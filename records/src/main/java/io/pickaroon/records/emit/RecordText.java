package io.pickaroon.records.emit;

import io.pickaroon.records.ByteBuilder;
import io.pickaroon.records.Template;
import io.pickaroon.records.TemplateName;
import java.util.Optional;

/** One text that is made of each record, such as a header's value. For one thread. */
final class RecordText {
    private final Template template;
    private final boolean ofOrigin;
    /** Whether it is the record's id and nothing else, whose array is kept as it is. */
    private final boolean isId;

    private final ByteBuilder buffer;
    private byte[] bytes = RenderedRecord.NONE;
    private boolean tooLong;
    private Optional<TemplateName> missing = Optional.empty();

    RecordText(Template template, NameValues values, int maxBytes) {
        this.template = template;
        this.ofOrigin = template.names().stream().allMatch(values::isOfOrigin);
        this.isId = template.toString().equals("{id}") && !template.isLiteral();
        this.buffer = new ByteBuilder(maxBytes);
    }

    /** Makes what all records of an origin share. */
    void begin(NameValues values) {
        if (ofOrigin) {
            make(values);
        }
    }

    /** Makes the text of the next record. */
    void next(NameValues values) {
        if (isId) {
            bytes = values.id();
        } else if (!ofOrigin) {
            make(values);
        }
    }

    private void make(NameValues values) {
        missing = template.render(values, buffer);
        tooLong = buffer.isTruncated();
        bytes = buffer.length() == 0 ? RenderedRecord.NONE : buffer.toByteArray();
    }

    /** Exactly the text; without bytes if it is empty or a value is missing. */
    byte[] bytes() {
        return bytes;
    }

    boolean isTooLong() {
        return tooLong;
    }

    /** Whether there are records that lack a value of it. */
    boolean canBeMissing() {
        return !template.namesThatCanBeMissing().isEmpty();
    }

    /** The name that the record has no value for. */
    Optional<TemplateName> missing() {
        return missing;
    }
}
