package io.pickaroon.inputs.shown;

import io.pickaroon.records.Template;
import io.pickaroon.records.TemplateException;
import io.pickaroon.records.TemplateScope;
import io.pickaroon.records.emit.HeaderTemplate;
import java.util.List;

/** The headers of a Kafka record that carries a match. All values are UTF-8 text. */
public final class MatchHeaders {
    /** Path of the log file when it was read. */
    public static final String FILE_PATH = "log.file.path";

    /** Offset of the record's first byte in the file, in decimal. */
    public static final String OFFSET = "log.offset";

    /** Id of the rule that matched. */
    public static final String RULE = "pickaroon.rule";

    /** Same for every delivery of the same match; see {@link io.pickaroon.processor.rule.MatchIds}. */
    public static final String ID = "pickaroon.id";

    /** {@code true} if the value is only the head of something longer; absent otherwise. */
    public static final String TRUNCATED = "pickaroon.truncated";

    /**
     * Of a rule that takes neighbouring records along: how many stand before the one that matched, and how many after it, as
     * {@code BEFORE,AFTER} in decimal; absent otherwise.
     */
    public static final String CONTEXT = "pickaroon.context";

    /** Of a record that {@code pickaroon replay} has sent: when it did, in ISO 8601 and UTC; absent otherwise. */
    public static final String REPLAYED = "pickaroon.replayed";

    /** On dead letters: the topic that the record was meant for. */
    public static final String DEAD_LETTER_TOPIC = "pickaroon.dead-letter.topic";

    /** On dead letters: why the record did not get there. */
    public static final String DEAD_LETTER_REASON = "pickaroon.dead-letter.reason";

    /** On dead letters: length of the whole value in bytes, in decimal. */
    public static final String DEAD_LETTER_LENGTH = "pickaroon.dead-letter.length";

    /** On dead letters: the time that the record tells, in milliseconds since 1970, in decimal; absent if it tells none. */
    public static final String DEAD_LETTER_TIMESTAMP = "pickaroon.dead-letter.timestamp";

    /** Where the match comes from: all that apply to every match. */
    public static final List<HeaderTemplate> ALL = List.of(
            new HeaderTemplate(FILE_PATH, template("{file}")),
            new HeaderTemplate(OFFSET, template("{offset}")),
            new HeaderTemplate(RULE, template("{rule}")),
            new HeaderTemplate(ID, template("{id}")),
            HeaderTemplate.truncated(TRUNCATED));

    /** None, except the mark of a value that is cut. */
    public static final List<HeaderTemplate> NONE = List.of(HeaderTemplate.truncated(TRUNCATED));

    private MatchHeaders() {}

    private static Template template(String text) {
        try {
            return Template.parse(text, TemplateScope.of(_ -> null));
        } catch (TemplateException e) {
            throw new IllegalArgumentException(e);
        }
    }
}
