package io.pickaroon.config.settings;

import java.util.Objects;

/**
 * Where metrics and health are served.
 *
 * @param host name or address to listen on; the loopback address when not given
 * @param port 0 to 65,535; 0 takes any free port
 */
public record HttpSettings(String host, int port) {
    public HttpSettings {
        Objects.requireNonNull(host, "host");
    }
}
