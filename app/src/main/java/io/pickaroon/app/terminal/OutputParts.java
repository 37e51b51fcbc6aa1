package io.pickaroon.app.terminal;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * An output that several threads write, each a part of its own, and that has the parts in the order in which they were
 * begun. What is written to the first open part goes on at once; each other keeps up to 256 KiB, and then waits.
 * Thread-safe.
 */
public final class OutputParts {
    /** Parts that may be open or wait to be written. */
    private static final int MOST_PARTS = 64;
    /** Where there were too many, the next is begun when there are no more than so many: threads wait seldom, then. */
    private static final int FEWER_PARTS = MOST_PARTS / 2;

    private final RecordOutput output;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition nextTurn = lock.newCondition();
    private final Condition fewerParts = lock.newCondition();
    private final Deque<OutputPart> parts = new ArrayDeque<>();
    private boolean hasGroup;
    private IOException failure;

    public OutputParts(RecordOutput output) {
        this.output = output;
    }

    /**
     * Begins the part that comes after all others. Waits while too many wait to be written.
     *
     * @throws IOException if the output takes no more
     */
    public OutputPart begin() throws IOException {
        lock.lock();
        try {
            requireOutput();
            if (parts.size() == MOST_PARTS) {
                while (parts.size() > FEWER_PARTS) {
                    fewerParts.awaitUninterruptibly();
                    requireOutput();
                }
            }
            OutputPart part = new OutputPart(this);
            parts.addLast(part);
            if (parts.getFirst() == part) {
                part.awaitTurn();
            }
            return part;
        } finally {
            lock.unlock();
        }
    }

    /** The output, when all parts before are written. */
    RecordOutput outputInTurn(OutputPart part) throws IOException {
        lock.lock();
        try {
            requireOutput();
            while (parts.peekFirst() != part) {
                nextTurn.awaitUninterruptibly();
                requireOutput();
            }
            return output;
        } finally {
            lock.unlock();
        }
    }

    /** True if all parts before are written. */
    boolean isFirst(OutputPart part) {
        lock.lock();
        try {
            return parts.peekFirst() == part;
        } finally {
            lock.unlock();
        }
    }

    /** True if there is a group in the parts that are written. */
    boolean hasGroup() {
        lock.lock();
        try {
            return hasGroup;
        } finally {
            lock.unlock();
        }
    }

    /** Nothing is added to a part any more. Writes what is complete, up to the first part that is still open. */
    void close(OutputPart part) throws IOException {
        lock.lock();
        try {
            part.complete();
            boolean isTurn = parts.peekFirst() == part;
            while (failure == null && !parts.isEmpty() && parts.getFirst().isComplete()) {
                OutputPart first = parts.getFirst();
                first.writeTo(output);
                hasGroup |= first.hasGroup();
                parts.removeFirst();
            }
            if (isTurn) {
                nextTurn.signalAll();
            }
            if (parts.size() <= FEWER_PARTS) {
                fewerParts.signalAll();
            }
        } catch (IOException e) {
            failed(e);
            throw e;
        } finally {
            lock.unlock();
        }
    }

    /** Nothing can be written any more, so that nothing is waited for either. */
    void failed(IOException e) {
        lock.lock();
        try {
            failure = e;
            nextTurn.signalAll();
            fewerParts.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private void requireOutput() throws IOException {
        if (failure != null) {
            throw failure;
        }
    }
}
