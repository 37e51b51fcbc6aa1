package io.pickaroon.app.verify;

import io.pickaroon.app.configuration.RunPlan;
import io.pickaroon.app.inspect.DeliveredPlaces;
import io.pickaroon.config.settings.EmitSettings;
import io.pickaroon.config.settings.RuleSettings;
import io.pickaroon.inputs.rules.EngineInputs;
import io.pickaroon.inputs.rules.RuleForms;
import io.pickaroon.processor.input.LogInput;
import io.pickaroon.processor.rule.Rule;
import io.pickaroon.records.emit.HeaderTemplate;
import io.pickaroon.records.emit.RecordForm;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** The rules that send, as far as it matters to what is in their topics. Immutable. */
final class VerifiedRules {
    /**
     * One rule.
     *
     * @param index its number among all rules that send
     * @param idHeader the header that has the id of a match; empty if none has
     * @param keepsOrder whether all its records of a file go to one partition, in the order of the file
     */
    record Sending(int index, RecordForm form, Optional<String> idHeader, boolean keepsOrder) {
        /** The topic of all its records; empty if each record names its own. */
        Optional<String> topic() {
            return form.hasOneTopic() ? Optional.of(form.emit().topic().literalPrefix()) : Optional.empty();
        }
    }

    private record InInput(String input, String rule) {}

    private final List<Sending> all = new ArrayList<>();
    private final Map<String, Sending> byId = new HashMap<>();
    private final Map<Integer, Sending> byHash = new HashMap<>();
    private final Set<InInput> inForce = new HashSet<>();

    VerifiedRules(RunPlan plan, DeliveredPlaces places) {
        Map<String, RecordForm> forms = RuleForms.of(plan.settings(), plan.output());
        for (RuleSettings rule : plan.settings().rules()) {
            rule.emit().ifPresent(emit -> add(forms.get(rule.id()), emit));
        }
        for (LogInput input : EngineInputs.of(plan.settings(), plan.files(), true)) {
            for (Rule rule : input.rules()) {
                if (places.hadRule(input, rule)) {
                    inForce.add(new InInput(input.id(), rule.id()));
                }
            }
        }
    }

    private void add(RecordForm form, EmitSettings emit) {
        boolean keepsOrder = form.hasOneTopic() && emit.partition() == EmitSettings.Partition.FILE;
        Sending rule = new Sending(all.size(), form, idHeader(form), keepsOrder);
        all.add(rule);
        byId.put(form.ruleId(), rule);
        byHash.put(MatchId.ruleHash(form.ruleId()), rule);
    }

    private static Optional<String> idHeader(RecordForm form) {
        return form.emit().headers().stream()
                .filter(header -> header.value()
                        .filter(value -> value.toString().equals("{id}"))
                        .isPresent())
                .map(HeaderTemplate::name)
                .findFirst();
    }

    /** By their numbers. */
    List<Sending> all() {
        return List.copyOf(all);
    }

    /** The rule of this id; empty if it sends nothing. */
    Optional<Sending> of(String id) {
        return Optional.ofNullable(byId.get(id));
    }

    /** The rule of which the id of a match has this part. */
    Optional<Sending> of(int hash) {
        return Optional.ofNullable(byHash.get(hash));
    }

    /** Whether the latest run had a rule as it is now. */
    boolean wasInForce(String input, String rule) {
        return inForce.contains(new InInput(input, rule));
    }

    /** Names of all headers that have ids. */
    Set<String> idHeaders() {
        return all.stream().flatMap(rule -> rule.idHeader().stream()).collect(Collectors.toUnmodifiableSet());
    }
}
