package io.pickaroon.records;

import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.UnaryOperator;

/**
 * Which names a template may use at one place of a configuration. Immutable.
 *
 * <p>It begins with all variables that have no members, and the environment. Paths, groups and fields are added by name:
 * those that are known, and of these the ones that every record has.
 */
public final class TemplateScope {
    private final UnaryOperator<String> environment;
    private final Map<Variable, Members> members;
    private final Map<TemplateName, String> hidden;

    /**
     * The members of one variable.
     *
     * @param known names that can be used
     * @param certain those of them that no record lacks
     * @param open whether any other name can be used too
     */
    private record Members(Set<String> known, Set<String> certain, boolean open) {
        static final Members NONE = new Members(Set.of(), Set.of(), false);
    }

    private TemplateScope(
            UnaryOperator<String> environment, Map<Variable, Members> members, Map<TemplateName, String> hidden) {
        this.environment = environment;
        this.members = members;
        this.hidden = hidden;
    }

    /**
     * The scope that it begins with.
     *
     * @param environment the value of a variable, null when it is not set
     */
    public static TemplateScope of(UnaryOperator<String> environment) {
        Map<Variable, Members> members = new EnumMap<>(Variable.class);
        Variable.all().forEach(variable -> members.put(variable, Members.NONE));
        return new TemplateScope(environment, members, Map.of());
    }

    /** The same without some variables, such as the time where a template says what the time is. */
    public TemplateScope without(Variable... variables) {
        Map<Variable, Members> fewer = new EnumMap<>(members);
        for (Variable variable : variables) {
            fewer.remove(variable);
        }
        return new TemplateScope(environment, fewer, hidden);
    }

    /** The same, with members that a record may lack. */
    public TemplateScope withNames(Variable variable, Collection<String> names) {
        Members before = membersOf(variable);
        return with(variable, new Members(union(before.known, names), before.certain, before.open));
    }

    /** The same, with members that every record has. */
    public TemplateScope withCertainNames(Variable variable, Collection<String> names) {
        Members before = membersOf(variable);
        return with(variable, new Members(union(before.known, names), union(before.certain, names), before.open));
    }

    /** The same, where a variable takes any member: fields of JSON have names that no configuration knows. */
    public TemplateScope withAnyName(Variable variable) {
        Members before = membersOf(variable);
        return with(variable, new Members(before.known, before.certain, true));
    }

    /**
     * The same, with members that a template may not use although the configuration has them.
     *
     * @param reason what is said of such a name, behind it
     */
    public TemplateScope withHiddenNames(Variable variable, Collection<String> names, String reason) {
        Map<TemplateName, String> more = new HashMap<>(hidden);
        names.forEach(name -> more.put(new TemplateName(variable, name), reason));
        return new TemplateScope(environment, members, more);
    }

    /** Why a name cannot be used that the configuration has, if that is so. */
    Optional<String> whyHidden(TemplateName name) {
        return Optional.ofNullable(hidden.get(name));
    }

    Optional<String> environment(String name) {
        return Optional.ofNullable(environment.apply(name)).filter(value -> !value.isEmpty());
    }

    boolean knows(Variable variable) {
        return members.containsKey(variable);
    }

    boolean knows(TemplateName name) {
        Members known = membersOf(name.variable());
        return known.open || known.known.contains(name.member());
    }

    /** Whether a record may lack the value of a name that is known. */
    boolean canBeMissing(TemplateName name) {
        return name.variable().hasMembers()
                && !membersOf(name.variable()).certain.contains(name.member());
    }

    Set<String> membersKnown(Variable variable) {
        return membersOf(variable).known;
    }

    /** All that can stand between braces, as far as it is known by name. */
    Set<String> words() {
        Set<String> words = new TreeSet<>();
        members.forEach((variable, known) -> {
            if (!variable.hasMembers()) {
                words.add(variable.word());
            }
            known.known.forEach(member -> words.add(variable.word() + "." + member));
        });
        return words;
    }

    /** The same for people: with an example for each variable of which other members can be used. */
    Set<String> names() {
        Set<String> names = new TreeSet<>(words());
        members.forEach((variable, known) -> {
            if (variable == Variable.ENV || known.open) {
                names.add(variable.word() + ".NAME");
            }
        });
        return names;
    }

    private Members membersOf(Variable variable) {
        return members.getOrDefault(variable, Members.NONE);
    }

    private TemplateScope with(Variable variable, Members changed) {
        if (!variable.hasMembers() || variable == Variable.ENV) {
            throw new IllegalArgumentException("members of " + variable);
        }
        Map<Variable, Members> more = new EnumMap<>(members);
        more.put(variable, changed);
        return new TemplateScope(environment, more, hidden);
    }

    private static Set<String> union(Set<String> some, Collection<String> others) {
        Set<String> all = new TreeSet<>(some);
        all.addAll(others);
        return all;
    }
}
