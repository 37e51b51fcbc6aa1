package io.pickaroon.app;

/** Which Pickaroon this is, and on what it runs. */
final class Version {
    private Version() {}

    /** One line for a person. */
    static String line() {
        String version = Main.class.getPackage().getImplementationVersion();
        return "pickaroon " + (version == null ? "built from sources" : version) + " (Java "
                + System.getProperty("java.version") + ", " + System.getProperty("os.name") + " "
                + System.getProperty("os.arch") + ")";
    }
}
