package io.pickaroon.benchmarks;

import io.pickaroon.processor.file.FileIdentity;
import io.pickaroon.processor.file.ForwardingLogFile;
import io.pickaroon.processor.file.LogFile;
import java.nio.file.Path;

/** A file that passes for another: a checkpoint of many files needs no more of them than names and identities. */
final class NamedFile extends ForwardingLogFile {
    private final FileIdentity identity;
    private final Path path;

    NamedFile(LogFile file, FileIdentity identity, Path path) {
        super(file);
        this.identity = identity;
        this.path = path;
    }

    @Override
    public FileIdentity identity() {
        return identity;
    }

    @Override
    public Path path() {
        return path;
    }

    @Override
    public LogFile knownAs(Path name, int generation) {
        return new NamedFile(file, identity.ofGeneration(generation), name);
    }
}
