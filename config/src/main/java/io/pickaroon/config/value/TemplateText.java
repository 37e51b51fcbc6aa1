package io.pickaroon.config.value;

import io.pickaroon.config.problem.Place;
import io.pickaroon.records.Template;
import io.pickaroon.records.TemplateException;
import io.pickaroon.records.TemplateName;
import io.pickaroon.records.TemplateScope;
import java.util.Optional;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.ScalarNode;

/**
 * The text of a template, before it is known which names it may use.
 *
 * @param text in which variables are already expanded
 * @param shown as it is written, with {@link Expansion#UNSHOWN} for what is not: no value of a variable
 * @param node where it is written
 */
public record TemplateText(String text, String shown, Node node) {
    public static final ValueType<TemplateText> TYPE = TemplateText::read;

    private static final String EXPECTED = "a text with names in braces";

    private static Optional<TemplateText> read(Node node, Reading reading) {
        Optional<String> text = reading.textWithoutLineEnd(node, EXPECTED);
        if (text.filter(String::isEmpty).isPresent()) {
            reading.report(Place.of(node), "expected " + EXPECTED + ", found an empty one");
            return Optional.empty();
        }
        return text.map(
                expanded -> new TemplateText(expanded, Expansion.withoutValues(((ScalarNode) node).getValue()), node));
    }

    /** The template; empty, and reported, if it is wrong. */
    public Optional<Template> parse(TemplateScope scope, Reading reading) {
        try {
            return Optional.of(Template.parse(text, scope));
        } catch (TemplateException e) {
            Optional<TemplateException> visible = mistakeInWhatIsShown(scope);
            if (visible.isPresent()) {
                reading.report(
                        placeOf(visible.get().column() - 1),
                        visible.get().getMessage(),
                        visible.get().suggestion().map(name -> "did you mean '{" + name + "}'?"));
            } else {
                reading.reportHidden(node, EXPECTED);
            }
            return Optional.empty();
        }
    }

    /** Reports that what the text stands for is not what is expected here. */
    public void report(String expected, Reading reading) {
        reading.reportHidden(node, expected);
    }

    /** The template of a file without problems. */
    public Template template(TemplateScope scope) {
        try {
            return Template.parse(text, scope);
        } catch (TemplateException e) {
            throw new IllegalStateException("a template was not checked", e);
        }
    }

    /** Where the brace before a name stands, or else the whole text. */
    public Place placeOf(TemplateName name) {
        int at = shown.indexOf("{" + name + "}");
        return at < 0 ? Place.of(node) : placeOf(shown.codePointCount(0, at));
    }

    public Place place() {
        return Place.of(node);
    }

    /** The mistake, if it is in a part that is written out. */
    private Optional<TemplateException> mistakeInWhatIsShown(TemplateScope scope) {
        try {
            Template.parse(shown, scope);
            return Optional.empty();
        } catch (TemplateException e) {
            return Optional.of(e).filter(mistake -> mistake.getMessage().indexOf(Expansion.UNSHOWN) < 0);
        }
    }

    /** The place of a code point of the text, if the text stands in one line without an escape, or else of its beginning. */
    private Place placeOf(int index) {
        Place start = Place.of(node);
        Place end = node.getEndMark().map(Place::of).orElse(start);
        int quotes = ((ScalarNode) node).isPlain() ? 0 : 1;
        int length = shown.codePointCount(0, shown.length());
        boolean isAsWritten = start.line() == end.line() && end.column() - start.column() == length + 2 * quotes;
        return isAsWritten ? new Place(start.line(), start.column() + quotes + index) : start;
    }
}
