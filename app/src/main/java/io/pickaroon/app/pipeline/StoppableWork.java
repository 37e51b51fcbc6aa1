package io.pickaroon.app.pipeline;

import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a signal has to stop: the pipeline while a command is inside one, else the command's thread, which is
 * interrupted. The worker calls {@link #enter} and {@link #leave}, a thread of its own the others.
 */
public final class StoppableWork {
    private static final Logger LOG = LoggerFactory.getLogger(StoppableWork.class);

    private final Thread worker;
    private Pipeline pipeline;
    private boolean hopeless;

    /** @param worker the thread that does the work */
    public StoppableWork(Thread worker) {
        this.worker = worker;
    }

    /** From now on a stop concerns this pipeline. */
    public synchronized void enter(Pipeline entered) {
        pipeline = entered;
        if (hopeless) {
            pipeline.giveUp();
        }
    }

    /** The pipeline is over. */
    public synchronized void leave() {
        pipeline = null;
    }

    public synchronized boolean isInPipeline() {
        return pipeline != null;
    }

    /** Asks the work to come to a clean end. */
    public synchronized void stop() {
        if (pipeline == null) {
            worker.interrupt();
        } else {
            LOG.info("stopping: what is under way is delivered first");
            pipeline.stop();
        }
    }

    /** Brings the present run, if there is one, to a clean end, so that another one can follow. */
    public synchronized void endRun() {
        if (pipeline != null) {
            pipeline.stop();
        }
    }

    /** What a pipeline delivers to is gone for good: the present one, and any later one, ends at once. */
    public synchronized void abandon() {
        hopeless = true;
        if (pipeline != null) {
            pipeline.giveUp();
        }
    }

    /** Makes the work drop what it could not finish in that time. */
    public synchronized void giveUp(Duration limit) {
        if (pipeline == null) {
            worker.interrupt();
        } else {
            LOG.warn(
                    "not everything could be delivered within {} s (stopTimeout); the rest is delivered at the next"
                            + " start",
                    limit.toSeconds());
            pipeline.giveUp();
        }
    }
}
