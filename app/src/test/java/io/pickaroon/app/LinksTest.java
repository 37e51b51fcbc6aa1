package io.pickaroon.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Links between the documents lead to files, and to headings, that there are. */
class LinksTest {
    private static final Pattern LINK = Pattern.compile("\\]\\(([^)#\\s]*)(?:#([^)\\s]+))?\\)");
    private static final Pattern CODE = Pattern.compile("(?ms)^```.*?^```$|`[^`\n]*`");

    @TempDir
    Path directory;

    @ParameterizedTest
    @MethodSource("documents")
    void lead(Path document) throws IOException {
        assertThat(broken(document)).isEmpty();
    }

    @Test
    void everyPageCanBeReachedFromTheReadme() throws IOException {
        List<Path> reached = new ArrayList<>(List.of(GuidePage.ROOT.resolve("README.md")));
        for (int i = 0; i < reached.size(); i++) {
            for (Path target : targets(reached.get(i))) {
                if (target.toString().endsWith(".md") && !reached.contains(target)) {
                    reached.add(target);
                }
            }
        }
        assertThat(reached).containsAll(documents().toList());
    }

    @Test
    void aBrokenLinkIsFound() throws IOException {
        Files.writeString(directory.resolve("there.md"), "# The `one` heading\n");
        Path document = Files.writeString(
                directory.resolve("page.md"),
                "[a](there.md) [b](there.md#the-one-heading) [c](gone.md) [d](there.md#two) [e](https://example.com/)");

        assertThat(broken(document)).containsExactly("gone.md", "there.md#two");
    }

    static Stream<Path> documents() throws IOException {
        try (Stream<Path> root = Files.list(GuidePage.ROOT);
                Stream<Path> docs = Files.walk(GuidePage.ROOT.resolve("docs"))) {
            return Stream.concat(root, docs).filter(file -> file.toString().endsWith(".md")).sorted().toList().stream();
        }
    }

    private static List<String> broken(Path document) throws IOException {
        List<String> broken = new ArrayList<>();
        Matcher link = links(document);
        while (link.find()) {
            if (link.group(1).contains("://")) {
                continue;
            }
            Path target = target(document, link);
            if (!Files.exists(target)
                    || link.group(2) != null && !headings(target).contains(link.group(2))) {
                broken.add(link.group(1) + (link.group(2) == null ? "" : "#" + link.group(2)));
            }
        }
        return broken;
    }

    private static List<Path> targets(Path document) throws IOException {
        List<Path> targets = new ArrayList<>();
        Matcher link = links(document);
        while (link.find()) {
            if (!link.group(1).contains("://")) {
                targets.add(target(document, link));
            }
        }
        return targets;
    }

    private static Matcher links(Path document) throws IOException {
        return LINK.matcher(CODE.matcher(Files.readString(document)).replaceAll("code"));
    }

    private static Path target(Path document, Matcher link) {
        return link.group(1).isEmpty()
                ? document
                : document.resolveSibling(link.group(1)).normalize();
    }

    /** The names by which links know the headings of a page. */
    private static Set<String> headings(Path document) throws IOException {
        return Files.readAllLines(document).stream()
                .filter(line -> line.startsWith("#"))
                .map(line -> line.replaceFirst("^#+ ", "")
                        .toLowerCase(Locale.ROOT)
                        .replaceAll("[^\\p{L}\\p{N} _-]", "")
                        .replace(' ', '-'))
                .collect(Collectors.toSet());
    }
}
