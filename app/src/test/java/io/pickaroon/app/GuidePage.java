package io.pickaroon.app;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A page of the documents, with its fenced blocks.
 *
 * @param name the path from the root of the source tree
 */
record GuidePage(String name, List<Block> blocks) {
    static final Path ROOT = Path.of(System.getProperty("pickaroon.launcher")).getParent();
    private static final String FENCE = "```";

    /**
     * A fenced block.
     *
     * @param line number of the line with its fence, from 1
     * @param language what stands behind the fence
     */
    record Block(int line, String language, String text) {
        /** The commands of a block for a shell: a line each, or several where a line ends with a backslash. */
        List<String> commands() {
            return Stream.of(text.replaceAll("\\\\\n\\s*", "").split("\n"))
                    .filter(command -> !command.isBlank())
                    .toList();
        }
    }

    static GuidePage read(String name) throws IOException {
        List<Block> blocks = new ArrayList<>();
        List<String> lines = Files.readAllLines(ROOT.resolve(name));
        for (int i = 0; i < lines.size(); i++) {
            if (lines.get(i).startsWith(FENCE)) {
                int first = i + 1;
                do {
                    i++;
                } while (!lines.get(i).equals(FENCE));
                blocks.add(new Block(
                        first,
                        lines.get(first - 1).substring(FENCE.length()),
                        lines.subList(first, i).stream()
                                .map(line -> line + "\n")
                                .collect(Collectors.joining())));
            }
        }
        return new GuidePage(name, blocks);
    }

    /** The README and all pages of the guide. */
    static List<GuidePage> all() throws IOException {
        List<GuidePage> pages = new ArrayList<>();
        pages.add(read("README.md"));
        try (Stream<Path> files = Files.list(ROOT.resolve("docs/guide"))) {
            for (Path file : files.sorted().toList()) {
                pages.add(read(ROOT.relativize(file).toString()));
            }
        }
        return pages;
    }

    @Override
    public String toString() {
        return name;
    }
}
