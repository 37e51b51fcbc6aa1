package io.pickaroon.app;

import picocli.CommandLine.IVersionProvider;

/** Which Pickaroon this is, and on what it runs. */
final class Version implements IVersionProvider {
    @Override
    public String[] getVersion() {
        String version = Main.class.getPackage().getImplementationVersion();
        return new String[] {
            "pickaroon %s (Java %s, %s %s)"
                    .formatted(
                            version == null ? "built from sources" : version,
                            System.getProperty("java.version"),
                            System.getProperty("os.name"),
                            System.getProperty("os.arch"))
        };
    }
}
