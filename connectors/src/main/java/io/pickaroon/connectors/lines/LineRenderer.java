package io.pickaroon.connectors.lines;

import io.pickaroon.inputs.shown.ShownMatch;
import io.pickaroon.processor.directio.NativePath;
import io.pickaroon.processor.file.LogFile;
import io.pickaroon.processor.rule.MatchIds;
import io.pickaroon.processor.scan.MatchBatch;
import io.pickaroon.processor.scan.ScannedWindow;
import io.pickaroon.records.emit.RecordForm;
import io.pickaroon.records.emit.RecordOrigin;
import io.pickaroon.records.emit.RecordOrigins;
import io.pickaroon.records.emit.RecordRenderer;
import io.pickaroon.records.emit.RenderedRecord;
import java.util.HashMap;
import java.util.Map;
import java.util.function.LongSupplier;

/**
 * Renders the matches of one window after the other as lines, each by the form of its rule. Every match of a window counts as
 * read when the renderer came to the window. Made for one session and one thread.
 */
public final class LineRenderer {
    private final Map<String, RecordForm> formByRuleId;
    private final RecordOrigins origins;
    private final LineNotices notices;
    private final LongSupplier clock;
    private final Map<String, RuleRenderer> rendererByRuleId = new HashMap<>();
    private final RenderedRecord rendered = new RenderedRecord();

    private MatchBatch matches;
    /** By the index of a rule; null where its matches are not emitted. */
    private RuleRenderer[] renderers = {};

    private ShownMatch shown;
    private LogFile file;
    private MatchIds ids;
    private RecordOrigin origin;

    private record RuleRenderer(RecordForm form, RecordRenderer renderer, byte[] idPart) {
        static RuleRenderer of(RecordForm form) {
            return new RuleRenderer(form, form.newLineRenderer(), MatchIds.rulePart(form.ruleId()));
        }
    }

    /**
     * A renderer that has come to no window yet.
     *
     * @param formByRuleId forms of the rules whose matches are emitted
     * @param notices told of each line
     * @param clock milliseconds since 1970
     */
    public LineRenderer(
            Map<String, RecordForm> formByRuleId, RecordOrigins origins, LineNotices notices, LongSupplier clock) {
        this.formByRuleId = Map.copyOf(formByRuleId);
        this.origins = origins;
        this.notices = notices;
        this.clock = clock;
    }

    /** Comes to the next window. A file is known by identity. */
    @SuppressWarnings("ReferenceEquality")
    public void begin(ScannedWindow window) {
        if (window.file() != file) {
            file = window.file();
            ids = new MatchIds(file.identity());
            origin = origins.of(window.input(), NativePath.escaped(file.path()));
        }
        matches = window.matches();
        shown = new ShownMatch(matches, ids, clock.getAsLong());
        renderers = new RuleRenderer[matches.rules().size()];
        for (int rule = 0; rule < renderers.length; rule++) {
            RecordForm form = formByRuleId.get(matches.rules().get(rule).id());
            renderers[rule] =
                    form == null ? null : rendererByRuleId.computeIfAbsent(form.ruleId(), _ -> RuleRenderer.of(form));
        }
    }

    /** Whether matches of its rule are emitted; others cannot be rendered. */
    public boolean emits(int match) {
        return renderers[matches.ruleIndex(match)] != null;
    }

    /** The form of a match's rule. */
    public RecordForm form(int match) {
        return renderers[matches.ruleIndex(match)].form();
    }

    /** Renders a match, with its line as the value; valid until the next one is rendered. */
    public RenderedRecord render(int match) {
        RuleRenderer rule = renderers[matches.ruleIndex(match)];
        rule.renderer().render(shown.at(match, rule.idPart()), origin, rendered);
        notices.note(rule.form().ruleId(), rendered, () -> placeOf(match));
        return rendered;
    }

    private String placeOf(int match) {
        return "%s at offset %d".formatted(NativePath.printable(file.path()), matches.recordOffset(match));
    }
}
