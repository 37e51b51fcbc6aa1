package io.pickaroon.connectors.kafka.client;

/** Whether this process was started to be looked at with JMX. */
public final class Jmx {
    private static final String AGENT = "com.sun.management.jmxremote";
    private static final boolean ASKED_FOR =
            System.getProperty(AGENT) != null || System.getProperty(AGENT + ".port") != null;

    private Jmx() {}

    /** True if Kafka's clients are to show themselves there. It takes time at each start, so they do not otherwise. */
    public static boolean isAskedFor() {
        return ASKED_FOR;
    }
}
