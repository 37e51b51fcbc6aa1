package io.pickaroon.app;

import io.pickaroon.app.command.Version;
import picocli.CommandLine.IVersionProvider;

/** {@link Version} where it stands among other arguments. */
final class VersionText implements IVersionProvider {
    @Override
    public String[] getVersion() {
        return new String[] {Version.line()};
    }
}
