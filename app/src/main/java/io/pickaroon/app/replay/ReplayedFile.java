package io.pickaroon.app.replay;

import io.pickaroon.app.inspect.DeliveredPlaces.Place;
import io.pickaroon.inputs.discovery.FileGlob;
import io.pickaroon.processor.directio.ByteText;
import io.pickaroon.processor.directio.NativePath;
import io.pickaroon.processor.file.FileIdentity;
import io.pickaroon.processor.file.FileSighting;
import io.pickaroon.processor.file.Position;
import io.pickaroon.processor.input.FilePart;
import java.nio.file.Path;

/**
 * A file of which a part is sent again.
 *
 * @param input id of its input
 * @param path where it is now
 * @param known under the name and in the generation in which it was delivered
 * @param place up to where it is delivered and fixed
 */
record ReplayedFile(String input, Path path, FileSighting known, Place place, FilePart part) {
    FileIdentity identity() {
        return known.identity();
    }

    String printable() {
        return NativePath.printable(path);
    }

    /** A pattern that means this file alone, for a shell. */
    String shellWord() {
        return ByteText.shellWord(ByteText.printable(FileGlob.literal(path)));
    }

    /** Where reading begins: a record of a container log depends on all before it. */
    Position begin(boolean isContainerLog) {
        return isContainerLog || part.startOffset() == 0 ? Position.START : new Position(part.startOffset(), false);
    }

    /** Up to where it was sent. */
    long reached(Position position) {
        return Math.clamp(position.offset(), part.startOffset(), part.endOffset());
    }
}
