package io.pickaroon.connectors.kafka.client;

import java.io.IOException;
import java.io.StreamTokenizer;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * A login configuration as {@code sasl.jaas.config} has it, read as {@code org.apache.kafka.common.security.JaasConfig}
 * does. The problem that it names holds no part of the text. Immutable.
 *
 * @param problem why Kafka does not understand it; empty if it does
 * @param module the class of the login module; empty if there is a problem
 * @param username the option of that name; empty if there is none, or if there is a problem
 */
record LoginText(Optional<String> problem, Optional<String> module, Optional<String> username) {
    private static final Set<String> FLAGS = Set.of("required", "requisite", "sufficient", "optional");
    private static final String QUOTING =
            "; values stand in double quotes, and a '\"' or '\\' in a value is written '\\\"' or '\\\\'";

    static LoginText of(String text) {
        StreamTokenizer tokens = new StreamTokenizer(new StringReader(text));
        tokens.slashSlashComments(true);
        tokens.slashStarComments(true);
        tokens.wordChars('-', '-');
        tokens.wordChars('_', '_');
        tokens.wordChars('$', '$');
        try {
            return read(tokens);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static LoginText read(StreamTokenizer tokens) throws IOException {
        if (tokens.nextToken() == StreamTokenizer.TT_EOF || tokens.sval == null) {
            return wrong("it does not begin with the class of a login module");
        }
        String module = tokens.sval;
        tokens.nextToken();
        if (tokens.sval == null || !FLAGS.contains(tokens.sval.toLowerCase(Locale.ROOT))) {
            return wrong("expected 'required' after the class of the login module");
        }
        Optional<String> username = Optional.empty();
        int options = 0;
        while (tokens.nextToken() != StreamTokenizer.TT_EOF && tokens.ttype != ';') {
            String name = tokens.sval;
            options++;
            if (name == null || tokens.nextToken() != '=') {
                return wrong("expected name=\"value\" as option " + options + QUOTING);
            }
            tokens.nextToken();
            if (tokens.sval == null) {
                return wrong("option " + options + " has no value in double quotes" + QUOTING);
            }
            if (name.equals("username")) {
                username = Optional.of(tokens.sval);
            }
        }
        if (tokens.ttype != ';') {
            return wrong("it does not end with ';'" + QUOTING);
        }
        if (tokens.nextToken() != StreamTokenizer.TT_EOF) {
            return wrong("something follows the ';', which ends it" + QUOTING);
        }
        return new LoginText(Optional.empty(), Optional.of(module), username);
    }

    private static LoginText wrong(String reason) {
        return new LoginText(Optional.of(reason), Optional.empty(), Optional.empty());
    }
}
