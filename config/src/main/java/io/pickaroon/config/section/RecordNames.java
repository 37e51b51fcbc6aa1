package io.pickaroon.config.section;

import io.pickaroon.records.TemplateScope;
import io.pickaroon.records.Variable;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * What the records of an input can be asked for by name.
 *
 * @param paths names in the paths of its files
 * @param hasAnyPath whether these are not known
 * @param staticFields fields that every record has
 * @param parsedFields fields that a record can have
 * @param hasAnyField whether there can be others
 */
record RecordNames(
        List<String> paths,
        boolean hasAnyPath,
        List<String> staticFields,
        List<String> parsedFields,
        boolean hasAnyField) {
    boolean hasField(String name) {
        return hasAnyField || staticFields.contains(name) || parsedFields.contains(name);
    }

    boolean hasNoFields() {
        return !hasAnyField && staticFields.isEmpty() && parsedFields.isEmpty();
    }

    /** The fields that are known by name. */
    Set<String> fields() {
        Set<String> fields = new LinkedHashSet<>(staticFields);
        fields.addAll(parsedFields);
        return fields;
    }

    /** The scope with what records of some inputs have; what those of all have is certain. */
    static TemplateScope addTo(TemplateScope scope, List<RecordNames> inputs) {
        TemplateScope all = scope;
        for (RecordNames input : inputs) {
            all = all.withNames(Variable.PATH, input.paths).withNames(Variable.FIELD, input.fields());
            all = input.hasAnyPath ? all.withAnyName(Variable.PATH) : all;
            all = input.hasAnyField ? all.withAnyName(Variable.FIELD) : all;
        }
        return all.withCertainNames(
                        Variable.PATH,
                        inputs.stream()
                                .flatMap(input -> input.paths.stream())
                                .distinct()
                                .filter(name -> inputs.stream().allMatch(input -> input.paths.contains(name)))
                                .toList())
                .withCertainNames(
                        Variable.FIELD,
                        inputs.stream()
                                .flatMap(input -> input.staticFields.stream())
                                .distinct()
                                .filter(name -> inputs.stream().allMatch(input -> input.staticFields.contains(name)))
                                .toList());
    }
}
