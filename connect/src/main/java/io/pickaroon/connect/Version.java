package io.pickaroon.connect;

/** Which Pickaroon this is. */
final class Version {
    private Version() {}

    /** As the manifest of the jar has it. */
    static String number() {
        String version = Version.class.getPackage().getImplementationVersion();
        return version == null ? "built-from-sources" : version;
    }
}
