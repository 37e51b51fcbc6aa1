import com.palantir.javaformat.java.Formatter;
import com.palantir.javaformat.java.FormatterException;
import com.palantir.javaformat.java.JavaFormatterOptions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;

/** {@code check ROOT} says which Java files under ROOT are laid out wrongly; {@code write ROOT} lays them out. */
final class Format {
    private static final Formatter FORMATTER = Formatter.createFormatter(JavaFormatterOptions.builder()
            .style(JavaFormatterOptions.Style.PALANTIR)
            .build());

    private Format() {}

    public static void main(String[] arguments) throws IOException {
        boolean write = arguments[0].equals("write");
        Path root = Path.of(arguments[1]);
        List<Path> wrong = javaFiles(root).parallelStream()
                .filter(file -> isWrong(file, write))
                .sorted()
                .toList();
        if (write) {
            System.out.println(wrong.size() + " files laid out");
        } else if (!wrong.isEmpty()) {
            System.err.println("These files are not laid out as ./format does it; run that command:");
            wrong.forEach(file -> System.err.println("  " + root.relativize(file)));
            System.exit(1);
        }
    }

    private static boolean isWrong(Path file, boolean write) {
        try {
            String source = Files.readString(file);
            String formatted = FORMATTER.formatSourceAndFixImports(source);
            if (source.equals(formatted)) {
                return false;
            }
            if (write) {
                Files.writeString(file, formatted);
            }
            return true;
        } catch (FormatterException e) {
            throw new IllegalArgumentException(file + ": " + e.getMessage(), e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<Path> javaFiles(Path root) throws IOException {
        List<Path> files = new ArrayList<>();
        Files.walkFileTree(root, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes) {
                String name = directory.getFileName().toString();
                boolean skipped = !directory.equals(root) && (name.equals("target") || name.startsWith("."));
                return skipped ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                if (attributes.isRegularFile() && file.toString().endsWith(".java")) {
                    files.add(file);
                }
                return FileVisitResult.CONTINUE;
            }
        });
        return files;
    }
}
