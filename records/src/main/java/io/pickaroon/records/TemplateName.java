package io.pickaroon.records;

/**
 * A name in a template.
 *
 * @param member what stands after the dot; empty for a variable without members
 */
public record TemplateName(Variable variable, String member) {
    public TemplateName {
        if (variable.hasMembers() == member.isEmpty()) {
            throw new IllegalArgumentException(variable + " with member '" + member + "'");
        }
    }

    /** The name as a template writes it between its braces, such as {@code field.level}. */
    @Override
    public String toString() {
        return member.isEmpty() ? variable.word() : variable.word() + "." + member;
    }
}
