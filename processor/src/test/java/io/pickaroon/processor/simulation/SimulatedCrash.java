package io.pickaroon.processor.simulation;

/** The machine stops in mid-step. An error of the virtual machine, so that no code of the engine goes on after it. */
final class SimulatedCrash extends VirtualMachineError {
    private static final long serialVersionUID = 1;

    SimulatedCrash(String where) {
        super("crash in: " + where);
    }

    @Override
    public Throwable fillInStackTrace() {
        return this;
    }
}
