package io.pickaroon.config.problem;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/** Keeps the values of Kafka properties that may be secrets out of logs and messages. */
public final class Secrets {
    private static final String MASK = "****";
    private static final int PART_LENGTH = 4;
    private static final List<String> SIGNS =
            List.of("pass", "secret", "sasl.jaas.config", "key", "token", "credential", "hmac");
    /** The part of a key that tells a secret; {@code key} alone is the key of a record. */
    private static final String WORD =
            "(?!(?-i:key)[\"' \\t]*:)[\\w.-]{0,100}(?:pass|secret|jaas|key|token|credential|hmac)[\\w.-]{0,100}";

    /** {@code ssl.key.password: } as a key of a mapping. */
    private static final Pattern ENTRY =
            Pattern.compile("(?i)(?:^|[{,])[ \\t]{0,200}[\"']?" + WORD + "[\"']?[ \\t]{0,100}:[ \\t]+[\"']?");

    /** {@code password="} within a login configuration. */
    private static final Pattern LOGIN_OPTION = Pattern.compile("(?i)\\b" + WORD + "[ \\t]{0,100}=[ \\t]{0,100}\"?");

    /** A secret's value in a flow mapping that ends for sure: another key follows it, or all that is open is closed. */
    private static final Pattern WHOLE_VALUE = Pattern.compile(
            "(?:(?<=')[^']{0,2000}'|(?<=\")[^\"\\\\]{0,2000}\"|(?<!['\"])[^\\s'\",\\[\\]{}#&*!|>%@`]{1,2000})"
                    + "(?=[ \\t]{0,100}(?:,[ \\t]{1,100}[\"']?[A-Za-z][\\w.-]{0,100}[\"']?:[ \\t]|[}\\] \\t]{1,100}$"
                    + "|\\}[}\\] \\t]{0,100},[ \\t]{1,100}[\"']?[A-Za-z][\\w.-]{0,100}[\"']?:[ \\t]))");

    private static final Pattern REFERENCE = Pattern.compile("\\$\\{(?:(?:env:)?\\w+|file:[^{}]*)\\}[\"' },;]*");

    /** {@code user:password@} before a host. */
    private static final Pattern USER_OF_HOST = Pattern.compile("[^\\s/\"',:@\\[{]{0,200}:[^\\s/\"',@]{1,400}@");

    private static final Pattern AUDIT = Pattern.compile("[\"']?audit[\"']?[ \\t]*:.*");

    private static final Pattern AUDIT_KEY =
            Pattern.compile("(?:^|[{,])[ \\t]{0,200}[\"']?key[\"']?[ \\t]{0,100}:[ \\t]+[\"']?");

    private static final Pattern KEY = Pattern.compile("[ \\t]*(?:- )?[\"']?[\\w.-]+[\"']?[ \\t]*:(?:[ \\t].*)?");

    private Secrets() {}

    /** Whether the value of this property must not be shown. Errs on the side of hiding. */
    public static boolean isSecret(String propertyKey) {
        String lowerCase = propertyKey.toLowerCase(Locale.ROOT);
        return SIGNS.stream().anyMatch(lowerCase::contains);
    }

    public static Map<String, String> masked(Map<String, String> properties) {
        Map<String, String> shown = new LinkedHashMap<>();
        properties.forEach((key, value) -> shown.put(key, isSecret(key) ? MASK : value));
        return shown;
    }

    /**
     * The lines of the file without secrets: what follows a secret's key is hidden unless it only names a variable, and all
     * lines below it up to the next key beside or above.
     */
    public static List<String> concealedIn(List<String> lines) {
        List<String> shown = new ArrayList<>();
        int secretIndent = Integer.MAX_VALUE;
        boolean isInAudit = false;
        for (String line : lines) {
            int indent = line.length() - line.stripLeading().length();
            isInAudit = indent > 0 || line.isBlank()
                    ? isInAudit
                    : AUDIT.matcher(line).matches();
            if (isInAudit) {
                shown.add(concealedInAudit(line, indent));
                continue;
            }
            if (indent <= secretIndent && KEY.matcher(line).matches()) {
                secretIndent = ENTRY.matcher(line).lookingAt() || isOpen(line) ? indent : Integer.MAX_VALUE;
            } else if (secretIndent < Integer.MAX_VALUE && !line.isBlank()) {
                shown.add(line.substring(0, indent) + MASK);
                continue;
            }
            shown.add(concealedIn(line));
        }
        return shown;
    }

    /** There a key is no key of a record. */
    private static String concealedInAudit(String line, int indent) {
        Matcher secret = AUDIT_KEY.matcher(line);
        if (secret.find()) {
            String value = line.substring(secret.end());
            return value.isBlank() || REFERENCE.matcher(value).matches()
                    ? line
                    : line.substring(0, secret.end()) + MASK;
        }
        boolean isOther = line.isBlank()
                || KEY.matcher(line).matches()
                || line.stripLeading().startsWith("#");
        return isOther || line.contains("{") ? line : line.substring(0, indent) + MASK;
    }

    /** A line of the file in which what follows a secret's key is hidden, unless it only names a variable. */
    static String concealedIn(String line) {
        boolean login = line.contains("LoginModule") || !line.contains(": ");
        String shown = concealedAfter(ENTRY, login ? concealedAfter(LOGIN_OPTION, line) : line);
        return USER_OF_HOST.matcher(shown).replaceAll(MASK + "@");
    }

    private static String concealedAfter(Pattern beginning, String line) {
        Matcher secret = beginning.matcher(line);
        if (!secret.find()) {
            return line;
        }
        String value = line.substring(secret.end());
        if (value.isBlank() || REFERENCE.matcher(value).matches()) {
            return line;
        }
        String shown = line.substring(0, secret.end()) + MASK;
        OptionalInt end = beginning.equals(ENTRY) ? endOfValue(line, secret) : OptionalInt.empty();
        if (end.isEmpty() || repeats(line.substring(secret.end(), end.getAsInt()), line.substring(end.getAsInt()))) {
            return shown;
        }
        return shown + concealedAfter(beginning, line.substring(end.getAsInt()));
    }

    /** Whether a text has some characters in a row of a secret. */
    private static boolean repeats(String secret, String text) {
        return IntStream.rangeClosed(0, secret.length() - PART_LENGTH)
                .anyMatch(from -> text.contains(secret.substring(from, from + PART_LENGTH)));
    }

    /** Where a secret's value ends, if it stands in a flow mapping and its end is sure. */
    private static OptionalInt endOfValue(String line, Matcher secret) {
        boolean isInFlow = secret.group().startsWith("{") || secret.group().startsWith(",");
        Matcher whole = WHOLE_VALUE.matcher(line).useTransparentBounds(true).region(secret.end(), line.length());
        return isInFlow && whole.lookingAt() ? OptionalInt.of(whole.end()) : OptionalInt.empty();
    }

    /** Whether the last secret of a flow mapping may go on in the next line. */
    private static boolean isOpen(String line) {
        Matcher secret = ENTRY.matcher(line);
        boolean isOpen = false;
        while (secret.find()) {
            String value = line.substring(secret.end());
            isOpen = endOfValue(line, secret).isEmpty()
                    && !REFERENCE.matcher(value).matches();
        }
        return isOpen;
    }
}
