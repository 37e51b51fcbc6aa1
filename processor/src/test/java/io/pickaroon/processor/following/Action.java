package io.pickaroon.processor.following;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** What may happen to files that are followed, and to whoever follows them. Applications are numbered; each has one name. */
sealed interface Action {
    /** How the daemon treats secrets. */
    enum Mode {
        LEAVE,
        MASK,
        MASK_WHEN_ROTATED
    }

    /** An application writes tokens to the file that it holds open; it opens its name if it holds none. */
    record Write(int application, int tokens, boolean endsRecord, boolean secret) implements Action {}

    /** It closes its file, and opens its name when it writes again. */
    record Reopen(int application) implements Action {}

    /** Its file is renamed, to a name that inputs have or to one that they have not. */
    record Rename(int application, boolean toNameOfInput) implements Action {}

    /** Its file is copied, and truncated. */
    record CopyTruncate(int application) implements Action {}

    record Truncate(int application) implements Action {}

    record Delete(int application) implements Action {}

    /** The oldest of its renamed files gives way to a compressed copy. */
    record Compress(int application) implements Action {}

    /** Its file gets a second name that inputs have, too; or loses that again. */
    record HardLink(int application) implements Action {}

    record Pause(int millis) implements Action {}

    /** The daemon does so many steps. */
    record Steps(int tasks) implements Action {}

    /** Everything comes to rest, and is looked at. */
    record Settle() implements Action {}

    /** The daemon is stopped, and is not there until it is started. */
    record Stop() implements Action {}

    /** The daemon dies. */
    record Crash() implements Action {}

    record Start(Mode mode) implements Action {}

    /** The destination fails once. */
    record Outage() implements Action {}

    /** The destination can no longer be reached: what is under way fails, and sessions wait until it is there again. */
    record Away() implements Action {}

    /** The destination takes what it is given, and says nothing any more until it is there again. */
    record Silent() implements Action {}

    /** The destination is there again. */
    record Back() implements Action {}

    /** A program of one seed. */
    static List<Action> program(SplittableRandom random) {
        int applications = 1 + random.nextInt(3);
        Mode mode = Mode.values()[random.nextInt(3)];
        boolean modeChanges = random.nextInt(4) == 0;
        List<Action> program = new ArrayList<>();
        boolean beginsAway = random.nextInt(8) == 0;
        if (beginsAway) {
            program.add(new Away());
        }
        program.add(new Start(mode));
        for (int i = 4 + random.nextInt(1 << random.nextInt(2, 6)); i > 0; i--) {
            int application = random.nextInt(applications);
            switch (random.nextInt(36)) {
                case 0, 1, 2, 3, 4, 5, 6, 7 ->
                    program.add(new Write(
                            application,
                            1 + random.nextInt(1 << random.nextInt(5)),
                            random.nextInt(4) > 0,
                            random.nextBoolean()));
                case 8, 9 -> program.add(new Reopen(application));
                case 10, 11 -> {
                    program.add(new Rename(application, random.nextInt(4) == 0));
                    if (random.nextInt(3) > 0) {
                        program.add(new Reopen(application));
                    }
                }
                case 12 -> program.add(new CopyTruncate(application));
                case 13 -> program.add(new Truncate(application));
                case 14 -> program.add(new Delete(application));
                case 15 -> program.add(new Compress(application));
                case 16 -> program.add(new HardLink(application));
                case 17, 18, 19, 20, 21 -> program.add(new Pause(1 << random.nextInt(12)));
                case 22, 23, 24 -> program.add(new Steps(random.nextInt(40)));
                case 25, 26 -> program.add(new Settle());
                case 27 -> {
                    if (random.nextBoolean()) {
                        program.add(new Delete(application));
                        program.add(new Write(application, 1 + random.nextInt(8), random.nextBoolean(), false));
                    }
                    program.add(new Stop());
                }
                case 28 -> program.add(new Crash());
                case 29 -> program.add(new Outage());
                case 32, 33 -> rotateMeanwhile(random, application, program);
                case 34 -> program.add(random.nextBoolean() ? new Away() : new Silent());
                case 35 -> program.add(new Back());
                default -> {
                    if (modeChanges) {
                        mode = Mode.values()[random.nextInt(3)];
                    }
                    program.add(new Start(mode));
                }
            }
        }
        return program;
    }

    /** An outage, long enough for a file to be rotated several times. */
    private static void rotateMeanwhile(SplittableRandom random, int application, List<Action> program) {
        program.add(random.nextBoolean() ? new Away() : new Silent());
        for (int i = 1 + random.nextInt(4); i > 0; i--) {
            program.add(new Write(application, 1 + random.nextInt(6), random.nextInt(4) > 0, random.nextBoolean()));
            program.add(new Pause(1 << random.nextInt(8, 12)));
            if (random.nextInt(3) > 0) {
                program.add(new Rename(application, random.nextInt(6) == 0));
                program.add(new Reopen(application));
            } else {
                program.add(random.nextBoolean() ? new CopyTruncate(application) : new Truncate(application));
            }
            if (random.nextInt(3) == 0) {
                program.add(new Compress(application));
            }
        }
        if (random.nextInt(4) > 0) {
            program.add(new Back());
        }
    }
}
