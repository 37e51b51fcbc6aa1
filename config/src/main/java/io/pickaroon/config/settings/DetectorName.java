package io.pickaroon.config.settings;

/** What a rule can look for without an expression. The engine has one of the same name for each. */
public enum DetectorName {
    CARD,
    IBAN,
    EMAIL,
    IPV4,
    IPV6,
    PHONE,
    JWT,
    AWS_KEY,
    GITHUB_TOKEN,
    SLACK_TOKEN,
    STRIPE_KEY,
    PRIVATE_KEY,
    BEARER,
    PASSWORD,
    US_SSN,
    CVV;

    /** True if it is found over several lines. */
    public boolean needsSeveralLines() {
        return this == PRIVATE_KEY;
    }
}
