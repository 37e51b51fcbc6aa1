package io.pickaroon.app.fix;

import io.pickaroon.app.error.UserError;
import io.pickaroon.processor.directio.ByteText;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Where a Kafka Connect cluster tells of a connector. Immutable; shows no password.
 *
 * @param connector its URL, without user and password
 * @param authorization what the header of that name says, if there are a user and a password; a secret
 */
record ConnectorAddress(URI connector, Optional<String> authorization) {
    private static final Pattern PATH = Pattern.compile(".*/connectors/[^/]+");
    private static final String EXPECTED =
            "write the URL of the connector, such as http://connect:8083/connectors/shop";

    /**
     * Reads a URL, in which {@code user:password@} may stand before the host.
     *
     * @throws UserError if it is none, or not that of a connector; the message shows no password
     */
    static ConnectorAddress of(String text) {
        URI given;
        try {
            given = new URI(text.endsWith("/") ? text.substring(0, text.length() - 1) : text);
        } catch (URISyntaxException e) {
            throw new UserError("--delivered-by: it is no URL; " + EXPECTED);
        }
        String scheme = given.getScheme();
        boolean isWeb = "http".equals(scheme) || "https".equals(scheme);
        if (!isWeb || given.getHost() == null) {
            throw new UserError("--delivered-by: '%s' is no URL of http or https; %s"
                    .formatted(ByteText.printable(withoutUser(text)), EXPECTED));
        }
        if (!PATH.matcher(given.getRawPath()).matches()
                || given.getRawQuery() != null
                || given.getRawFragment() != null) {
            throw new UserError("--delivered-by: '%s' does not end with /connectors/NAME; %s"
                    .formatted(ByteText.printable(withoutUser(text)), EXPECTED));
        }
        String port = given.getPort() < 0 ? "" : ":" + given.getPort();
        URI connector = URI.create(scheme + "://" + given.getHost() + port + given.getRawPath());
        return new ConnectorAddress(
                connector, Optional.ofNullable(given.getRawUserInfo()).map(ConnectorAddress::basic));
    }

    private static String basic(String userInfo) {
        // In a URL a plus is a plus, which the decoder of forms takes for a blank.
        String decoded = URLDecoder.decode(userInfo.replace("+", "%2B"), StandardCharsets.UTF_8);
        return "Basic " + Base64.getEncoder().encodeToString(decoded.getBytes(StandardCharsets.UTF_8));
    }

    private static String withoutUser(String text) {
        return text.replaceFirst("^([^/@]*//)?.*@", "$1");
    }

    /** Where its committed offsets are. */
    URI offsets() {
        return URI.create(connector + "/offsets");
    }

    @Override
    public String toString() {
        return connector.toString();
    }
}
