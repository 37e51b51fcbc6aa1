package io.pickaroon.processor.secret;

import io.pickaroon.processor.regex.ByteExpression;
import java.util.List;
import java.util.Objects;

/**
 * A rule that finds secrets by an expression.
 *
 * @param id what it is called where what found something is named; what it finds does not depend on it
 * @param expression in RE2 syntax
 * @param group number of the group that is the secret, from 1 on; 0: the first one that is not empty, or else the whole match
 * @param entropy what has no more than so many bits of information for a character is no secret; 0: everything is
 * @param keywords one of them has to be in the record, in either case of ASCII letters; none: none has to
 * @param allowances what is no secret
 */
public record SecretRule(
        String id, String expression, int group, double entropy, List<String> keywords, List<Allowance> allowances) {
    /** @throws IllegalArgumentException if the expression is none, or has no such group; the message says why */
    public SecretRule {
        Objects.requireNonNull(id, "id");
        keywords = List.copyOf(keywords);
        allowances = List.copyOf(allowances);
        if (keywords.contains("")) {
            throw new IllegalArgumentException("a keyword is not empty");
        }
        int groups = ByteExpression.of(expression, false).groupCount();
        if (group < 0 || group > groups) {
            throw new IllegalArgumentException("there is no group %d: the expression has %d".formatted(group, groups));
        }
    }
}
