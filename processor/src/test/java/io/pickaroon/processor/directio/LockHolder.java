package io.pickaroon.processor.directio;

import java.io.IOException;
import java.nio.file.Path;

/** A process that takes a lock, says so on stdout and keeps it until its stdin ends or it is killed. */
final class LockHolder {
    private LockHolder() {}

    public static void main(String[] args) throws IOException {
        try (ExclusiveLock lock = ExclusiveLock.acquire(Path.of(args[0]))) {
            System.out.println("locked " + lock.lockPath());
            while (System.in.read() >= 0) {
                continue;
            }
        }
    }
}
