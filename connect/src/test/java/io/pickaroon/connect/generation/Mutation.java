package io.pickaroon.connect.generation;

/** A rule that is broken on purpose: the simulation has to notice. */
enum Mutation {
    NONE,
    /** Owners of later splits take the latest generation, whatever file is open. */
    LATER_SPLITS_WITHOUT_EVIDENCE,
    /** The owner of split 0 never raises the generation. */
    FIRST_SPLIT_WITHOUT_EVIDENCE,
    /** The owner of split 0 compares the file with its own offset alone. */
    FIRST_SPLIT_WITHOUT_OTHERS,
    /** The file is opened before the offsets are read. */
    OPENED_FIRST,
    /** Owners of later splits are content with an offset of split 0 behind a banner, which other contents have, too. */
    LATER_SPLITS_WITH_WEAK_EVIDENCE,
    /** The first position of a file is committed without a look at what is committed of it. */
    FIRST_POSITION_ANYWAY,
    /** Later splits that are read do not look whether the generation was raised. */
    LATER_SPLITS_LOOK_ONCE,
    /** Later splits compare with split 0 when they begin, and not with each window. */
    NOT_COMPARED_WITH_WINDOWS,
    /** What is not committed yet is forgotten when a file is opened anew, as if it were. */
    GOES_ON_BEHIND_UNCOMMITTED
}
