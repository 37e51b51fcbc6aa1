package io.pickaroon.records;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/**
 * A text with names in it that each record has its own values for, such as {@code logs-{field.service:unknown}}. Immutable;
 * any number of threads may render it, each into a buffer of its own.
 *
 * <table>
 * <caption>The language</caption>
 * <tr><td>{@code {name}}</td><td>the value of a {@link Variable}</td></tr>
 * <tr><td>{@code {name.member}}</td><td>of one that has members; the first dot ends its word, so {@code {field.a.b}} is the
 * field {@code a.b}</td></tr>
 * <tr><td>{@code {name:default}}</td><td>the default, as it stands up to the brace, where the record has no value. The default
 * may be empty, and then the name is never missing</td></tr>
 * <tr><td><code>&#123;&#123;</code> and <code>&#125;&#125;</code></td><td>one brace. A single closing brace that closes nothing is a mistake, as are braces
 * in a name or a default</td></tr>
 * </table>
 *
 * <p>A value without bytes is a missing one. Without a default it makes the whole text missing: no text has a hole that
 * goes unnoticed. The first colon ends a name, so that a name with a colon in it cannot be written. Values are bytes and are
 * taken as they are, braces in them included.
 */
public final class Template {
    private final String text;
    private final Part[] parts;

    sealed interface Part {
        record Literal(String text, byte[] bytes) implements Part {}

        /**
         * A name that is replaced by its value.
         *
         * @param asMissing the name as an answer of {@link Template#render}, made once
         * @param canBeMissing whether a record may lack it
         */
        record Reference(
                TemplateName name, Optional<byte[]> byDefault, Optional<TemplateName> asMissing, boolean canBeMissing)
                implements Part {}
    }

    private Template(String text, List<Part> parts) {
        this.text = text;
        this.parts = parts.toArray(Part[]::new);
    }

    /** Reads a template, and puts in what it takes from the environment. */
    public static Template parse(String text, TemplateScope scope) throws TemplateException {
        return new Template(text, new TemplateParser(text, scope).parts());
    }

    /** A text without names, in which braces stand for themselves. */
    public static Template literal(String text) {
        return new Template(
                text,
                text.isEmpty() ? List.of() : List.of(new Part.Literal(text, text.getBytes(StandardCharsets.UTF_8))));
    }

    /**
     * Clears a buffer and writes the text with a record's values into it. If a value is missing that has no default, the
     * buffer is empty and the answer is its name. What exceeds the buffer's limit is left out: {@link
     * ByteBuilder#isTruncated} says so, and what is missing behind that place may not be found. Allocates nothing itself.
     */
    public Optional<TemplateName> render(TemplateValues values, ByteBuilder into) {
        into.clear();
        for (Part part : parts) {
            switch (part) {
                case Part.Literal literal -> into.append(literal.bytes());
                case Part.Reference reference -> {
                    int before = into.length();
                    values.append(reference.name(), into);
                    if (into.length() == before && !into.isTruncated()) {
                        if (reference.byDefault().isEmpty()) {
                            into.clear();
                            return reference.asMissing();
                        }
                        into.append(reference.byDefault().get());
                    }
                }
            }
        }
        return Optional.empty();
    }

    /** The names that it uses, in order, each once; those of the environment are not among them. */
    public List<TemplateName> names() {
        return references().stream().map(Part.Reference::name).distinct().toList();
    }

    /** The members that it uses of one variable, in order, each once: of {@link Variable#FIELD} the fields to read. */
    public List<String> members(Variable variable) {
        return names().stream()
                .filter(name -> name.variable() == variable)
                .map(TemplateName::member)
                .toList();
    }

    /** The names that a record may lack and that have no default, in order, each once. */
    public List<TemplateName> namesThatCanBeMissing() {
        return references().stream()
                .filter(reference ->
                        reference.canBeMissing() && reference.byDefault().isEmpty())
                .map(Part.Reference::name)
                .distinct()
                .toList();
    }

    /** The text before the first name, with what comes from the environment; the whole text if there is none. */
    public String literalPrefix() {
        return parts.length > 0 && parts[0] instanceof Part.Literal(String prefix, byte[] _) ? prefix : "";
    }

    /** Whether it is the same text for every record: {@link #literalPrefix}. */
    public boolean isLiteral() {
        return references().isEmpty();
    }

    /** The template as it was written; of a {@link #literal} one its text. */
    @Override
    public String toString() {
        return text;
    }

    private List<Part.Reference> references() {
        return List.of(parts).stream()
                .filter(Part.Reference.class::isInstance)
                .map(Part.Reference.class::cast)
                .toList();
    }
}
