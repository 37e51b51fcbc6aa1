package io.pickaroon.processor.container;

/** What {@link LineSyntax} found in a line. Places are indexes in the array that holds it. */
final class LineParts {
    /** A {@link StreamPlaces} number. */
    int stream;

    /** The line is the last one of its message. */
    boolean endsMessage;

    int timeStart;
    int timeEnd;
    /** The text as it stands in the line, without the end of the message, and its length when escapes are decoded. */
    int textStart;

    int textEnd;
    int textLength;
    /** The text ends with a carriage return of so many bytes as it stands in the line; 0 if it does not. */
    int returnBytes;

    /** Leaves a carriage return away that stands before the end of the message. */
    void dropReturn() {
        if (endsMessage && returnBytes > 0) {
            textEnd -= returnBytes;
            textLength--;
            returnBytes = 0;
        }
    }
}
