package io.pickaroon.connectors.shown;

import io.pickaroon.processor.delivery.MatchIds;
import io.pickaroon.processor.directio.NativePath;
import io.pickaroon.processor.file.LogFile;
import io.pickaroon.processor.scan.MatchBatch;
import io.pickaroon.processor.scan.ScannedWindow;
import io.pickaroon.records.emit.RecordForm;
import io.pickaroon.records.emit.RecordOrigin;
import io.pickaroon.records.emit.RecordOrigins;
import io.pickaroon.records.emit.RecordRenderer;
import io.pickaroon.records.emit.RenderedRecord;
import io.pickaroon.records.emit.ShownRecord;
import java.util.HashMap;
import java.util.Map;
import java.util.function.LongSupplier;

/**
 * Renders the matches of one window after the other, each by the form of its rule. Every match of a window counts as read when
 * the renderer came to the window. Made for one session and one thread.
 */
public final class MatchRenderer {
    private final Map<String, RecordForm> formByRuleId;
    private final RecordOrigins origins;
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
            return new RuleRenderer(form, form.newRenderer(), MatchIds.rulePart(form.ruleId()));
        }
    }

    /**
     * A renderer that has come to no window yet.
     *
     * @param formByRuleId forms of the rules whose matches are emitted
     * @param clock milliseconds since 1970
     */
    public MatchRenderer(Map<String, RecordForm> formByRuleId, RecordOrigins origins, LongSupplier clock) {
        this.formByRuleId = Map.copyOf(formByRuleId);
        this.origins = origins;
        this.clock = clock;
    }

    /** Comes to the next window. */
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

    /** A match as it may be shown; valid until the next match is asked for or rendered. */
    public ShownRecord shown(int match) {
        shown.set(match, renderers[matches.ruleIndex(match)].idPart());
        return shown;
    }

    /** Where the matches of the window come from. */
    public RecordOrigin origin() {
        return origin;
    }

    /** Renders a match; valid until the next one is rendered. */
    public RenderedRecord render(int match) {
        renderers[matches.ruleIndex(match)].renderer().render(shown(match), origin, rendered);
        return rendered;
    }

    /** Renders a match whose own time the destination does not take: its time is when it was read. */
    public RenderedRecord renderAtReadTime(int match) {
        renderers[matches.ruleIndex(match)].renderer().renderAtReadTime(shown(match), origin, rendered);
        return rendered;
    }
}
