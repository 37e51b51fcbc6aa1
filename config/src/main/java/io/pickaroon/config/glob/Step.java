package io.pickaroon.config.glob;

import java.util.function.IntPredicate;

/**
 * What a pattern wants next of a path.
 *
 * @param literal the only character that it takes, or -1
 */
record Step(Kind kind, IntPredicate characters, int literal) {
    enum Kind {
        CHARACTER,
        ANY_IN_NAME,
        ANY,
        DIRECTORIES
    }

    static Step of(Kind kind) {
        return new Step(kind, _ -> true, -1);
    }

    static Step literal(int character) {
        return new Step(Kind.CHARACTER, c -> c == character, character);
    }

    /** One character of a name that is a member of a set. */
    static Step one(IntPredicate characters) {
        return new Step(Kind.CHARACTER, characters, -1);
    }

    /** Whether it may take the character and want more. */
    boolean stays(int c) {
        return switch (kind) {
            case CHARACTER -> false;
            case ANY_IN_NAME -> c != '/';
            case ANY, DIRECTORIES -> true;
        };
    }

    /** Whether it takes the character and is done. */
    boolean takes(int c) {
        return kind == Kind.CHARACTER && characters.test(c);
    }

    /** Whether it may be done without a character, at the beginning of a name or within one. */
    boolean mayTakeNothing(boolean atName) {
        return kind == Kind.ANY_IN_NAME || kind == Kind.ANY || kind == Kind.DIRECTORIES && atName;
    }
}
