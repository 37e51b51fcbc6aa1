package io.pickaroon.distribution;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/**
 * What {@code kubectl kustomize} makes of a directory, of the few things that the directories of this project use; anything else
 * is an error. So the manifests are looked at on a machine without kubectl, too, and where there is one the results are compared.
 */
final class Kustomization {
    /** What tells the elements of a list apart, by the name of the list. Other lists are replaced as a whole. */
    private static final Map<String, String> KEYS = Map.of(
            "containers", "name",
            "initContainers", "name",
            "volumes", "name",
            "env", "name",
            "ports", "containerPort",
            "volumeMounts", "mountPath");

    private static final Set<String> KNOWN =
            Set.of("apiVersion", "kind", "resources", "components", "patches", "images", "configMapGenerator");

    private final List<Map<String, Object>> made = new ArrayList<>();

    private Kustomization() {}

    /** The manifests of a directory that has a kustomization.yaml. */
    static List<Map<String, Object>> render(Path directory) {
        Kustomization all = new Kustomization();
        all.add(directory);
        return all.made;
    }

    /** The documents of a text, in which no key stands twice. */
    static List<Map<String, Object>> documents(String yaml) {
        List<Map<String, Object>> documents = new ArrayList<>();
        LoadSettings settings =
                LoadSettings.builder().setAllowDuplicateKeys(false).build();
        new Load(settings).loadAllFromString(yaml).forEach(each -> documents.add(map(each)));
        return documents;
    }

    static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @SuppressWarnings("unchecked")
    static Map<String, Object> map(Object value) {
        return (Map<String, Object>) value;
    }

    /** A list of maps; empty if there is none. */
    @SuppressWarnings("unchecked")
    static List<Map<String, Object>> maps(Object value) {
        return value == null ? List.of() : (List<Map<String, Object>>) value;
    }

    @SuppressWarnings("unchecked")
    private static List<String> texts(Object value) {
        return value == null ? List.of() : (List<String>) value;
    }

    private void add(Path directory) {
        Map<String, Object> what =
                documents(read(directory.resolve("kustomization.yaml"))).getFirst();
        onlyKnown(directory, what, KNOWN);
        for (String resource : texts(what.get("resources"))) {
            Path path = directory.resolve(resource).normalize();
            if (Files.isDirectory(path)) {
                add(path);
            } else {
                made.addAll(documents(read(path)));
            }
        }
        maps(what.get("configMapGenerator")).forEach(each -> generate(directory, each));
        texts(what.get("components"))
                .forEach(component -> add(directory.resolve(component).normalize()));
        for (Map<String, Object> patch : maps(what.get("patches"))) {
            onlyKnown(directory, patch, Set.of("path"));
            documents(read(directory.resolve((String) patch.get("path")))).forEach(each -> merge(find(each), each));
        }
        maps(what.get("images")).forEach(image -> made.forEach(each -> replaceImage(each, image)));
    }

    private static void onlyKnown(Path directory, Map<String, Object> what, Set<String> known) {
        if (!known.containsAll(what.keySet())) {
            throw new IllegalArgumentException(directory + " uses what this class does not know: " + what.keySet());
        }
    }

    private Map<String, Object> find(Map<String, Object> patch) {
        return made.stream()
                .filter(each ->
                        each.get("kind").equals(patch.get("kind")) && name(each).equals(name(patch)))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("nothing to patch: " + name(patch)));
    }

    static String name(Map<String, Object> manifest) {
        return (String) map(manifest.get("metadata")).get("name");
    }

    private void generate(Path directory, Map<String, Object> generator) {
        onlyKnown(directory, generator, Set.of("name", "namespace", "behavior", "files", "literals", "options"));
        Map<String, Object> data = new LinkedHashMap<>();
        for (String literal : texts(generator.get("literals"))) {
            int equals = literal.indexOf('=');
            data.put(literal.substring(0, equals), literal.substring(equals + 1));
        }
        for (String file : texts(generator.get("files"))) {
            data.put(file, read(directory.resolve(file)));
        }
        Map<String, Object> metadata = new LinkedHashMap<>();
        metadata.put("name", generator.get("name"));
        metadata.put("namespace", generator.get("namespace"));
        Map<String, Object> manifest = new LinkedHashMap<>();
        manifest.put("apiVersion", "v1");
        manifest.put("kind", "ConfigMap");
        manifest.put("metadata", metadata);
        manifest.put("data", data);
        if ("merge".equals(generator.get("behavior"))) {
            merge(find(manifest), manifest);
        } else {
            made.add(manifest);
        }
    }

    private static void merge(Map<String, Object> target, Map<String, Object> patch) {
        patch.forEach((key, value) -> {
            if (value instanceof Map && target.get(key) instanceof Map) {
                merge(map(target.get(key)), map(value));
            } else if (value instanceof List && target.get(key) instanceof List && KEYS.containsKey(key)) {
                mergeByKey(maps(target.get(key)), maps(value), KEYS.get(key));
            } else {
                target.put(key, value);
            }
        });
    }

    private static void mergeByKey(List<Map<String, Object>> target, List<Map<String, Object>> patch, String key) {
        for (Map<String, Object> element : patch) {
            target.stream()
                    .filter(each -> each.get(key).equals(element.get(key)))
                    .findFirst()
                    .ifPresentOrElse(each -> merge(each, element), () -> target.add(element));
        }
    }

    private static void replaceImage(Object tree, Map<String, Object> image) {
        if (tree instanceof List<?> list) {
            list.forEach(each -> replaceImage(each, image));
        } else if (tree instanceof Map<?, ?>) {
            Map<String, Object> map = map(tree);
            if (map.get("image") instanceof String old && old.startsWith(image.get("name") + ":")) {
                map.put("image", image.get("newName") + ":" + image.get("newTag"));
            }
            map.values().forEach(each -> replaceImage(each, image));
        }
    }
}
