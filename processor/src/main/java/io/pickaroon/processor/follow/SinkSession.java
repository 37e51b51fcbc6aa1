package io.pickaroon.processor.follow;

import io.pickaroon.processor.commit.SinkPositions;

/**
 * One session of the sink, as {@link FollowScheduler} sees it.
 *
 * @param destination how far the destination knew files to be delivered when the session began
 * @param queue the files that wait for a turn
 * @param drain which files still have turns when the run is stopped
 */
record SinkSession(SinkPositions destination, TurnQueue queue, ShutdownDrain drain) {}
