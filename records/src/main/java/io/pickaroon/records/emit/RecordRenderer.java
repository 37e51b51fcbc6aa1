package io.pickaroon.records.emit;

import io.pickaroon.records.ByteBuilder;
import io.pickaroon.records.TemplateName;
import io.pickaroon.records.emit.HeaderTemplate.Mark;
import io.pickaroon.records.emit.RenderProblem.Kind;
import io.pickaroon.records.emit.RenderedRecord.TimeSource;
import io.pickaroon.records.time.Timestamps;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Renders the records of one rule. What all records of a file share is encoded when it comes to the file. It belongs to one
 * thread.
 */
public final class RecordRenderer {
    private static final int MAX_TEXT_BYTES = Integer.MAX_VALUE - 8;
    private static final int MAX_TIME_BYTES = 1024;
    private static final byte[] TRUE = NameValues.utf8("true");

    private final NameValues values;
    private final RecordText topic;
    private final TopicText topics;
    private final Optional<RecordText> key;
    private final List<Header> headers = new ArrayList<>();
    private final ContextText context = new ContextText();
    /** Those that a record can lack a value for. */
    private final List<Header> uncertainHeaders;

    private final Optional<EventTime> eventTime;
    private final ValueWriter valueWriter;
    private RecordOrigin origin;

    /** @param part how problems name it */
    private record Header(String name, String part, Optional<RecordText> text, Optional<Mark> mark) {}

    RecordRenderer(RecordForm form, ValueWriter valueWriter) {
        EmitTemplates emit = form.emit();
        this.values = new NameValues(form);
        this.topic = new RecordText(emit.topic(), values, RecordForm.MAX_TOPIC_BYTES);
        this.topics = new TopicText(emit.topic());
        this.key = emit.key().map(template -> new RecordText(template, values, RecordForm.MAX_KEY_BYTES));
        for (HeaderTemplate header : emit.headers()) {
            headers.add(new Header(
                    header.name(),
                    "header '" + header.name() + "'",
                    header.value().map(template -> new RecordText(template, values, MAX_TEXT_BYTES)),
                    header.mark()));
        }
        this.uncertainHeaders = headers.stream()
                .filter(header -> header.text().filter(RecordText::canBeMissing).isPresent())
                .toList();
        this.eventTime = emit.timestamp().map(EventTime::new);
        this.valueWriter = valueWriter;
    }

    /** Renders a record. */
    public void render(ShownRecord record, RecordOrigin from, RenderedRecord into) {
        begin(record, from, into);
        readTime(record, into);
        finish(record, into);
    }

    /**
     * Renders the topic of a record, and of all else only what can be a {@link RenderedRecord#problem}: there is one if
     * {@link #render} finds one.
     */
    public void renderTopic(ShownRecord record, RecordOrigin from, RenderedRecord into) {
        begin(record, from, into);
        readTime(record, into);
        values.timeMillis(into.timestampMillis());
        renderTopic(into);
        if (key.isPresent()) {
            renderKey(key.get(), into);
        }
        for (int i = 0; i < uncertainHeaders.size(); i++) {
            renderHeader(uncertainHeaders.get(i), record, into);
        }
    }

    private void readTime(ShownRecord record, RenderedRecord into) {
        if (eventTime.isPresent()) {
            eventTime.get().read(record, values, into);
        } else {
            into.time(record.readMillis(), TimeSource.READ);
        }
    }

    /** Renders a record whose own time the destination does not take: its time is when it was read. */
    public void renderAtReadTime(ShownRecord record, RecordOrigin from, RenderedRecord into) {
        begin(record, from, into);
        into.time(record.readMillis(), TimeSource.READ);
        finish(record, into);
    }

    /** An origin is known by identity. */
    @SuppressWarnings("ReferenceEquality")
    private void begin(ShownRecord record, RecordOrigin from, RenderedRecord into) {
        if (from != origin) {
            origin = from;
            values.begin(from);
            topic.begin(values);
            key.ifPresent(text -> text.begin(values));
            headers.forEach(header -> header.text().ifPresent(text -> text.begin(values)));
            valueWriter.begin(from);
        }
        values.record(record);
        into.clear();
    }

    private void finish(ShownRecord record, RenderedRecord into) {
        values.timeMillis(into.timestampMillis());
        renderTopic(into);
        if (key.isPresent()) {
            renderKey(key.get(), into);
        }
        renderHeaders(record, into);
        into.value(valueWriter.value(record, values, into));
    }

    private void renderTopic(RenderedRecord into) {
        topic.next(values);
        if (isThere(topic, "topic", into)) {
            String name = topics.topic(topic.bytes());
            into.topic(name, topics.isChanged());
            if (topic.isTooLong()) {
                into.problem(new RenderProblem(Kind.TOPIC_TOO_LONG, "topic", Optional.empty()));
            }
        }
    }

    private void renderKey(RecordText text, RenderedRecord into) {
        text.next(values);
        if (isThere(text, "key", into)) {
            into.key(text.bytes());
            if (text.isTooLong()) {
                into.keyCut();
                into.problem(new RenderProblem(Kind.KEY_TOO_LONG, "key", Optional.empty()));
            }
        }
    }

    private void renderHeaders(ShownRecord record, RenderedRecord into) {
        for (int i = 0; i < headers.size(); i++) {
            renderHeader(headers.get(i), record, into);
        }
    }

    private void renderHeader(Header header, ShownRecord record, RenderedRecord into) {
        if (header.text().isEmpty()) {
            renderMark(header, record, into);
            return;
        }
        RecordText text = header.text().get();
        text.next(values);
        if (isThere(text, header.part(), into) && text.bytes().length > 0) {
            into.addHeader(header.name(), text.bytes());
        }
    }

    private void renderMark(Header header, ShownRecord record, RenderedRecord into) {
        if (header.mark().orElseThrow() == Mark.CONTEXT) {
            into.addHeader(header.name(), context.of(record));
        } else if (record.isHeadOnly()) {
            into.addHeader(header.name(), TRUE);
        }
    }

    private static boolean isThere(RecordText text, String part, RenderedRecord into) {
        Optional<TemplateName> missing = text.missing();
        if (missing.isPresent()) {
            into.problem(new RenderProblem(Kind.MISSING_VALUE, part, missing));
            return false;
        }
        return true;
    }

    /** Reads the time that records tell. */
    private static final class EventTime {
        private final TimestampTemplate template;
        private final Timestamps timestamps;
        private final ByteBuilder text = new ByteBuilder(MAX_TIME_BYTES);

        EventTime(TimestampTemplate template) {
            this.template = template;
            this.timestamps = Timestamps.of(template.format(), template.zone());
        }

        void read(ShownRecord record, NameValues values, RenderedRecord into) {
            boolean there = template.from().render(values, text).isEmpty();
            long millis = there && !text.isTruncated()
                    ? timestamps.read(text.bytes(), 0, text.length())
                    : Timestamps.UNREADABLE;
            if (millis != Timestamps.UNREADABLE) {
                into.time(millis, TimeSource.EVENT);
            } else {
                into.time(record.readMillis(), there ? TimeSource.UNREADABLE : TimeSource.MISSING);
            }
        }
    }
}
