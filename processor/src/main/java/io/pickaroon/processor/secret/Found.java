package io.pickaroon.processor.secret;

/** Where a match stands, and the secret in it. Set anew for each match; for one thread. */
final class Found {
    int matchStart;
    int matchEnd;
    int secretStart;
    int secretEnd;
}
