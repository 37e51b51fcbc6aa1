package io.pickaroon.app.command;

/** Which Pickaroon this is, and on what it runs. */
public final class Version {
    private Version() {}

    /** Of the program alone. */
    public static String number() {
        String version = Version.class.getPackage().getImplementationVersion();
        return version == null ? "built from sources" : version;
    }

    /** One line for a person. */
    public static String line() {
        return "pickaroon " + number() + " (Java "
                + System.getProperty("java.version") + ", " + System.getProperty("os.name") + " "
                + System.getProperty("os.arch") + ")";
    }
}
