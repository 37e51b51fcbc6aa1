package io.pickaroon.app.terminal;

import io.pickaroon.processor.directio.Descriptors;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.util.concurrent.CompletableFuture;

/**
 * Standard error while descriptor 2 is not the caller's: the launcher sends that one to nowhere, so that a warning of the
 * starting JVM does not show, and gives the caller's as another one. It is put back by a thread of its own, since loading
 * native code for one call takes as long as parsing a command line does. Nothing is written before it is back.
 */
public final class LauncherErrors {
    private static final String DESCRIPTOR = "pickaroon.stderr.fd";

    private LauncherErrors() {}

    /**
     * Begins to put standard error back, where the launcher has moved it.
     *
     * @return waits until descriptor 2 is the caller's
     */
    public static Runnable restore() {
        Integer moved = Integer.getInteger(DESCRIPTOR);
        if (moved == null) {
            return () -> {};
        }
        CompletableFuture<OutputStream> restored = new CompletableFuture<>();
        Thread.ofPlatform().name("standard error").daemon().start(() -> restored.complete(restored(moved)));
        OutputStream waiting = new OutputStream() {
            @Override
            public void write(int octet) throws IOException {
                restored.join().write(octet);
            }

            @Override
            public void write(byte[] bytes, int from, int length) throws IOException {
                restored.join().write(bytes, from, length);
            }
        };
        System.setErr(new PrintStream(waiting, true, System.err.charset()));
        return restored::join;
    }

    /** Without native code what went wrong has to be said all the same: sockets and files of other users are out of reach then. */
    private static OutputStream restored(int moved) {
        try {
            Descriptors.duplicate(moved, 2);
            return new FileOutputStream(FileDescriptor.err);
        } catch (IOException | RuntimeException | Error e) {
            try {
                return new FileOutputStream("/proc/self/fd/" + moved, true);
            } catch (IOException _) {
                return new FileOutputStream(FileDescriptor.err);
            }
        }
    }
}
