package io.pickaroon.config.gitleaks;

import io.pickaroon.config.check.RegexCheck;
import io.pickaroon.config.problem.Mismatch;
import io.pickaroon.config.problem.Place;
import io.pickaroon.config.problem.Problem;
import io.pickaroon.config.problem.Suggestion;
import io.pickaroon.config.settings.SecretSettings;
import io.pickaroon.config.settings.SecretSettings.Allowed;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The rules of a file in the format of gitleaks, and of the files that it extends.
 *
 * @param usable those that find secrets in records, at least one
 * @param unused the others by their ids, with the reason, at the place of each
 * @param ofPaths ids of those usable that ask for the path of a file besides, which is of no account here
 * @param surprising what the writers of usable ones may not expect of their expressions, by their ids, at the place of each
 * @param warnings what else the writer of the file may not expect
 * @param files the file, and those that it extends
 */
public record GitleaksRules(
        List<SecretSettings> usable,
        Map<String, Problem> unused,
        List<String> ofPaths,
        Map<String, Problem> surprising,
        List<Problem> warnings,
        List<Path> files) {
    private static final String EXTEND = "extend";
    private static final String USE_DEFAULT = "useDefault";
    private static final String PATH = "path";
    private static final String DISABLED = "disabledRules";
    private static final Set<String> KEYS = Set.of("rules", EXTEND, Allowlists.SINGULAR, Allowlists.PLURAL);
    private static final Set<String> OF_NO_ACCOUNT = Set.of("title", "description", "minVersion");
    private static final Set<String> KEYS_OF_EXTEND = Set.of(USE_DEFAULT, PATH, DISABLED, "url");

    public GitleaksRules {
        usable = List.copyOf(usable);
        ofPaths = List.copyOf(ofPaths);
        warnings = List.copyOf(warnings);
        files = List.copyOf(files);
    }

    /** What one file says, and those that it extends. */
    private record Content(
            Map<String, FileRule> rules, List<Allowed> forAll, List<Targeted> targeted, Set<String> disabled) {}

    /** What is allowed for one rule. */
    private record Targeted(String rule, Allowed allowed, TomlFile file, Place place) {}

    /**
     * Reads a file.
     *
     * @param check says which expressions the engine understands
     * @throws UnreadableFileException if there is no such text
     * @throws GitleaksException if it, or one that it extends, has mistakes, or if none of its rules can be used
     */
    public static GitleaksRules read(Path file, RegexCheck check) throws UnreadableFileException, GitleaksException {
        List<TomlFile> files = new ArrayList<>();
        Content content = content(TomlFile.read(file), files, new Allowlists(check));
        content.targeted.forEach(targeted -> allow(targeted, content));
        List<Problem> problems =
                files.stream().flatMap(each -> each.problems().stream()).toList();
        if (!problems.isEmpty()) {
            throw new GitleaksException(problems);
        }
        List<SecretSettings> usable = new ArrayList<>();
        Map<String, Problem> unused = new LinkedHashMap<>();
        List<String> ofPaths = new ArrayList<>();
        Map<String, Problem> surprising = new LinkedHashMap<>();
        for (FileRule rule : content.rules.values()) {
            Optional<String> refusal = rule.refusal(check);
            if (refusal.isPresent()) {
                unused.put(
                        rule.id(),
                        rule.problem("rule " + Mismatch.quoted(rule.id()) + " is not used: " + refusal.get()));
            } else {
                usable.add(rule.withAllowed(content.forAll).settings());
                if (rule.finds().hasPath()) {
                    ofPaths.add(rule.id());
                }
                check.surpriseIn(rule.finds().regex())
                        .ifPresent(surprise -> surprising.put(
                                rule.id(), rule.problem("rule " + Mismatch.quoted(rule.id()) + ": " + surprise)));
            }
        }
        if (usable.isEmpty()) {
            throw new GitleaksException(
                    unused.isEmpty()
                            ? List.of(Problem.ofFile(file, "the file has no rules; expected [[rules]]"))
                            : List.copyOf(unused.values()));
        }
        return new GitleaksRules(
                usable,
                unused,
                ofPaths,
                surprising,
                files.stream().flatMap(each -> each.warnings().stream()).toList(),
                files.stream().map(TomlFile::path).toList());
    }

    private static void allow(Targeted targeted, Content content) {
        FileRule rule = content.rules.get(targeted.rule);
        if (rule != null) {
            content.rules.put(rule.id(), rule.withAllowed(List.of(targeted.allowed)));
        } else if (!content.disabled.contains(targeted.rule)) {
            targeted.file.report(
                    targeted.place,
                    "there is no rule " + Mismatch.quoted(targeted.rule),
                    Suggestion.didYouMean(targeted.rule, content.rules.keySet()));
        }
    }

    /** @param files those that are read, this one included at the end */
    private static Content content(TomlFile file, List<TomlFile> files, Allowlists allowlists) {
        files.add(file);
        TomlSection root = file.root();
        if (!file.problems().isEmpty()) {
            return new Content(new LinkedHashMap<>(), List.of(), List.of(), Set.of());
        }
        root.warnOfOthers(KEYS, OF_NO_ACCOUNT);
        Map<String, FileRule> own = new LinkedHashMap<>();
        for (TomlSection section : root.sections("rules")) {
            FileRule rule = FileRule.read(section, allowlists);
            if (own.put(rule.id(), rule) != null) {
                file.warn(
                        rule.place(),
                        "rule " + Mismatch.quoted(rule.id()) + " is given twice; the last one counts",
                        Optional.empty());
            }
        }
        List<Allowed> forAll = new ArrayList<>();
        List<Targeted> targeted = new ArrayList<>();
        for (TomlSection list : Allowlists.in(root)) {
            Optional<Allowed> allowed = allowlists.read(list);
            List<String> rules = list.texts(Allowlists.TARGET_RULES);
            for (int i = 0; i < rules.size() && allowed.isPresent(); i++) {
                targeted.add(new Targeted(rules.get(i), allowed.get(), file, list.placeOf(Allowlists.TARGET_RULES, i)));
            }
            if (rules.isEmpty()) {
                allowed.ifPresent(forAll::add);
            }
        }
        Content content = new Content(own, forAll, targeted, new LinkedHashSet<>());
        return root.section(EXTEND)
                .flatMap(extend -> extended(extend, files, allowlists).map(base -> over(content, base, extend)))
                .orElse(content);
    }

    private static Optional<Content> extended(TomlSection extend, List<TomlFile> files, Allowlists allowlists) {
        TomlFile file = extend.file();
        extend.warnOfOthers(KEYS_OF_EXTEND, Set.of());
        if (extend.isTrue(USE_DEFAULT)) {
            file.report(
                    extend.placeOf(USE_DEFAULT),
                    "'useDefault' cannot be used: the rules that gitleaks comes with are not part of Pickaroon",
                    Optional.of("put its gitleaks.toml beside this file, and name it with 'path'"));
        }
        Optional<String> path = extend.text(PATH).filter(text -> !text.isEmpty());
        if (path.isEmpty()) {
            return Optional.empty();
        }
        try {
            Path base = file.path().resolveSibling(path.get()).normalize();
            if (files.stream().anyMatch(read -> read.path().normalize().equals(base))) {
                file.report(extend.placeOf(PATH), "this file extends itself, over " + base);
                return Optional.empty();
            }
            return Optional.of(content(TomlFile.read(base), files, allowlists));
        } catch (UnreadableFileException | InvalidPathException e) {
            file.report(extend.placeOf(PATH), Mismatch.quoted(path.get()) + ": " + e.getMessage());
            return Optional.empty();
        }
    }

    /** What a file says, with what the one that it extends says. */
    private static Content over(Content content, Content base, TomlSection extend) {
        Map<String, FileRule> rules = new LinkedHashMap<>(base.rules);
        List<String> disabled = extend.texts(DISABLED);
        for (int i = 0; i < disabled.size(); i++) {
            if (rules.remove(disabled.get(i)) == null) {
                extend.file()
                        .warn(
                                extend.placeOf(DISABLED, i),
                                "there is no rule " + Mismatch.quoted(disabled.get(i)) + " to disable",
                                Suggestion.didYouMean(disabled.get(i), base.rules.keySet()));
            }
        }
        content.rules.forEach((id, rule) -> rules.merge(id, rule, (former, own) -> own.over(former)));
        List<Allowed> forAll = new ArrayList<>(base.forAll);
        forAll.addAll(content.forAll);
        List<Targeted> targeted = new ArrayList<>(base.targeted);
        targeted.addAll(content.targeted);
        Set<String> gone = new LinkedHashSet<>(base.disabled);
        gone.addAll(disabled);
        return new Content(rules, forAll, targeted, gone);
    }
}
