package io.pickaroon.config.gitleaks;

/** A file of rules that cannot be read; the message says why, in a few words. */
public final class UnreadableFileException extends Exception {
    UnreadableFileException(String reason) {
        super(reason);
    }
}
