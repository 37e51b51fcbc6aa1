package io.pickaroon.records;

/** The values of one record, for templates. */
@FunctionalInterface
public interface TemplateValues {
    /**
     * Appends the value of a name; nothing where the record has none. It is called once for each use of the name, with a
     * name that the template's {@link TemplateScope} knows and that is not one of the environment.
     */
    void append(TemplateName name, ByteBuilder to);
}
