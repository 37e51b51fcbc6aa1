package io.pickaroon.processor.container;

/** Takes lines of a container log apart. Without state, so that any thread may use it; allocates nothing. */
interface LineSyntax {
    /**
     * Finds the parts of a line.
     *
     * @param to exclusive end, without the line feed
     * @return false if the line is not in the format; then nothing is said about it
     */
    boolean parse(byte[] bytes, int from, int to, LineParts parts);

    /**
     * Copies the text of a line.
     *
     * @param from start of the text, as {@link #parse} found it
     * @param most of the text, so many bytes are copied at most
     * @return number of bytes copied
     */
    int copyText(byte[] bytes, int from, int to, byte[] target, int at, int most);
}
