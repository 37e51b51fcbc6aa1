package io.pickaroon.processor.simulation;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.PriorityQueue;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import reactor.core.Disposable;
import reactor.core.scheduler.Scheduler;

/**
 * Threads and time on the caller's thread: tasks wait in lanes, a lane for each thread, and the seed says which lane moves
 * next. Time passes a little with each task, and leaps to the next delayed one when nothing else is to be done.
 */
public final class SimulatedTime {
    private static final int LONGEST_TASK_NANOS = 200_000;

    private final SplittableRandom random;
    private final List<Lane> ready = new ArrayList<>();
    private final PriorityQueue<Delayed> delayed =
            new PriorityQueue<>(Comparator.comparingLong(Delayed::atNanos).thenComparingLong(Delayed::number));
    private long nowNanos;
    private long numbers;

    public SimulatedTime(SplittableRandom random) {
        this.random = random;
    }

    private record Delayed(long atNanos, long number, Lane lane, Task task) {}

    public long nanoTime() {
        return nowNanos;
    }

    /** A scheduler each of whose workers is a thread of its own. */
    public Scheduler threads() {
        return new LaneScheduler(null);
    }

    /** A scheduler with one thread. */
    public Scheduler oneThread() {
        return new LaneScheduler(new Lane());
    }

    /** Runs a task on a thread of its own, some time later. */
    public void after(long nanos, Runnable task) {
        delay(nanos, new Lane(), new Task(task, null));
    }

    /** What was planned is forgotten, as when a process dies. */
    public void clear() {
        ready.clear();
        delayed.clear();
    }

    /** Runs one task. False if there is none. */
    public boolean runNext() {
        if (ready.isEmpty() && !delayed.isEmpty()) {
            nowNanos = Math.max(nowNanos, delayed.peek().atNanos());
        }
        while (!delayed.isEmpty() && delayed.peek().atNanos() <= nowNanos) {
            Delayed due = delayed.remove();
            due.lane().add(due.task());
        }
        if (ready.isEmpty()) {
            return false;
        }
        int index = random.nextInt(ready.size());
        Lane lane = ready.get(index);
        Task task = lane.tasks.removeFirst();
        if (lane.tasks.isEmpty()) {
            ready.set(index, ready.getLast());
            ready.removeLast();
        }
        nowNanos += random.nextInt(LONGEST_TASK_NANOS);
        task.run();
        return true;
    }

    private void delay(long nanos, Lane lane, Task task) {
        delayed.add(new Delayed(nowNanos + nanos, numbers++, lane, task));
    }

    private final class Lane {
        final Deque<Task> tasks = new ArrayDeque<>(4);

        void add(Task task) {
            if (tasks.isEmpty()) {
                ready.add(this);
            }
            tasks.addLast(task);
        }
    }

    private static final class Task implements Disposable {
        private final Runnable action;
        private final LaneWorker worker;
        private boolean disposed;

        Task(Runnable action, LaneWorker worker) {
            this.action = action;
            this.worker = worker;
        }

        void run() {
            if (!isDisposed()) {
                action.run();
            }
        }

        @Override
        public void dispose() {
            disposed = true;
        }

        @Override
        public boolean isDisposed() {
            return disposed || (worker != null && worker.disposed);
        }
    }

    private final class LaneScheduler implements Scheduler {
        private final Lane only;

        LaneScheduler(Lane only) {
            this.only = only;
        }

        private Lane lane() {
            return only == null ? new Lane() : only;
        }

        @Override
        public Disposable schedule(Runnable action) {
            return createWorker().schedule(action);
        }

        @Override
        public Disposable schedule(Runnable action, long delay, TimeUnit unit) {
            return createWorker().schedule(action, delay, unit);
        }

        @Override
        public Disposable schedulePeriodically(Runnable action, long initialDelay, long period, TimeUnit unit) {
            return createWorker().schedulePeriodically(action, initialDelay, period, unit);
        }

        @Override
        public Worker createWorker() {
            return new LaneWorker(lane());
        }

        @Override
        public long now(TimeUnit unit) {
            return unit.convert(nowNanos, TimeUnit.NANOSECONDS);
        }
    }

    private final class LaneWorker implements Scheduler.Worker {
        private final Lane lane;
        private boolean disposed;

        LaneWorker(Lane lane) {
            this.lane = lane;
        }

        @Override
        public Disposable schedule(Runnable action) {
            Task task = new Task(action, this);
            lane.add(task);
            return task;
        }

        @Override
        public Disposable schedule(Runnable action, long delay, TimeUnit unit) {
            Task task = new Task(action, this);
            delay(unit.toNanos(delay), lane, task);
            return task;
        }

        @Override
        public Disposable schedulePeriodically(Runnable action, long initialDelay, long period, TimeUnit unit) {
            Task[] task = new Task[1];
            task[0] = new Task(
                    () -> {
                        action.run();
                        delay(unit.toNanos(period), lane, task[0]);
                    },
                    this);
            delay(unit.toNanos(initialDelay), lane, task[0]);
            return task[0];
        }

        @Override
        public void dispose() {
            disposed = true;
        }

        @Override
        public boolean isDisposed() {
            return disposed;
        }
    }
}
