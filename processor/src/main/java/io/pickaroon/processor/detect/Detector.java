package io.pickaroon.processor.detect;

import io.pickaroon.processor.regex.ByteExpression;
import io.pickaroon.processor.regex.ByteNode;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * What can be found without an expression of one's own. Each has an expression that matches in every record that has something of
 * its kind, for needles by which most records are passed over, and a {@link Finder} for those that are left. Their names are those of
 * the configuration, and part of fingerprints of rules.
 */
public enum Detector {
    CARD("[0-9](?:[ -]?[0-9]){11}"),
    IBAN("[A-Z]{2}[0-9]{2} ?[0-9A-Z]{4}"),
    EMAIL("[A-Za-z0-9_.%+'-]@"),
    IPV4("[0-9]\\.[0-9]{1,3}\\.[0-9]{1,3}\\.[0-9]"),
    IPV6("::[0-9A-Fa-f]|[0-9A-Fa-f]::|(?:[0-9A-Fa-f]{1,4}:){6}"),
    PHONE("\\+[1-9]"),
    JWT("eyJ"),
    AWS_KEY("A(?:[KS]IA|BIA|CCA|3T[A-Z0-9])[A-Z2-7]{8}|(?i:secret)"),
    GITHUB_TOKEN("gh[pousr]_[A-Za-z0-9]{8}|github_pat_"),
    SLACK_TOKEN("xox[abcdeoprs]-|xapp-|hooks\\.slack\\.com/services/"),
    STRIPE_KEY("[sr]k_(?:live|test|prod)_"),
    PRIVATE_KEY("-----BEGIN "),
    BEARER("(?i:bearer)[ :]"),
    PASSWORD(PasswordName.expression() + "|://"),
    US_SSN("[0-9]{3}-[0-9]{2}-[0-9]{4}"),
    CVV("(?i:cvv|cvc|security[ _-]?code)");

    private final String candidates;
    private final String word = name().toLowerCase(Locale.ROOT).replace('_', '-');

    Detector(String candidates) {
        this.candidates = candidates;
    }

    /** The name in a configuration: {@code us-ssn}. */
    public String word() {
        return word;
    }

    /** The detector of this name in a configuration. */
    public static Optional<Detector> named(String word) {
        return Arrays.stream(values())
                .filter(detector -> detector.word().equals(word))
                .findFirst();
    }

    /** An expression that matches in each record in which one of the detectors finds something. */
    public static ByteExpression candidates(List<Detector> detectors) {
        List<ByteNode> trees = detectors.stream()
                .map(detector -> ByteExpression.of(detector.candidates, false).tree())
                .toList();
        return new ByteExpression(new ByteNode.Choice(trees), Map.of());
    }

    /** True if its needles are in most records, as digits with a dash are in a time: then {@link Candidates} pass over more. */
    public boolean hasCommonNeedles() {
        return this == CARD || this == IPV4 || this == IPV6 || this == US_SSN;
    }

    Finder newFinder() {
        return switch (this) {
            case CARD -> new CardFinder();
            case IBAN -> new IbanFinder();
            case EMAIL -> new EmailFinder();
            case IPV4 -> new Ipv4Finder();
            case IPV6 -> new Ipv6Finder();
            case PHONE -> new PhoneFinder();
            case JWT -> new JwtFinder();
            case AWS_KEY -> new AwsKeyFinder();
            case GITHUB_TOKEN -> TokenFinder.GITHUB;
            case SLACK_TOKEN -> TokenFinder.SLACK;
            case STRIPE_KEY -> TokenFinder.STRIPE;
            case PRIVATE_KEY -> new PrivateKeyFinder();
            case BEARER -> new BearerFinder();
            case PASSWORD -> new PasswordFinder();
            case US_SSN -> new SsnFinder();
            case CVV -> new CvvFinder();
        };
    }
}
