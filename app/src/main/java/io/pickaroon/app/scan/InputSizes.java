package io.pickaroon.app.scan;

import io.pickaroon.app.search.NamedFile;
import io.pickaroon.app.terminal.Progress;
import io.pickaroon.processor.scan.Scanner;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** How much there is to read, as far as that is known before. */
final class InputSizes {
    private final FileChoice files;

    InputSizes(FileChoice files) {
        this.files = files;
    }

    /** Bytes of all files; {@link Progress#UNKNOWN_TOTAL} where there are streams or directories. */
    long totalBytes() {
        boolean isKnown = files.named().stream().allMatch(Files::isRegularFile);
        return isKnown ? NamedFile.totalBytes(files.named()) : Progress.UNKNOWN_TOTAL;
    }

    /** Bytes of all files; of directories no more are looked for than matter for a start with vectors. */
    long bytesThatMatter() {
        long[] bytes = {0};
        for (Path named : files.named()) {
            if (files.recursion() == FileChoice.Recursion.REFUSED || !Files.isDirectory(named)) {
                bytes[0] += NamedFile.totalBytes(List.of(named));
            } else {
                add(named, bytes);
            }
        }
        return bytes[0];
    }

    private void add(Path directory, long[] bytes) {
        FileTree.Visitor adding = new FileTree.Visitor() {
            @Override
            public boolean file(Path file) {
                bytes[0] += NamedFile.totalBytes(List.of(file));
                return bytes[0] < Scanner.VECTORS_PAY_AT_LAST_BYTES;
            }

            @Override
            public void unreadable(Path unread, IOException reason) {
                // The search says so.
            }
        };
        try {
            new FileTree(files, adding).walk(directory);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
