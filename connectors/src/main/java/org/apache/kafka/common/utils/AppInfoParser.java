package org.apache.kafka.common.utils;

import io.pickaroon.connectors.kafka.client.Jmx;
import java.lang.management.ManagementFactory;
import javax.management.JMException;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import org.apache.kafka.common.metrics.Metrics;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Stands in for the class of this name in Kafka's clients, and so has to come before them on the class path. Kafka's own
 * one registers each client with JMX. No setting turns that off, and JMX takes a tenth of the CPU time of a start. This
 * one does it only for a process that was started with JMX. Thread-safe.
 */
public final class AppInfoParser {
    private static final Logger LOG = LoggerFactory.getLogger(AppInfoParser.class);
    /** That of the clients, which tell it to the brokers. A test compares them. */
    private static final String VERSION = "4.3.1";

    private AppInfoParser() {}

    public static String getVersion() {
        return VERSION;
    }

    /** The version says it. */
    public static String getCommitId() {
        return "unknown";
    }

    /** Called by each client when it is made. */
    public static void registerAppInfo(String prefix, String id, Metrics metrics, long nowMs) {
        if (Jmx.isAskedFor()) {
            change(prefix, id, new AppInfo(nowMs));
        }
    }

    /** Called by each client when it is closed. */
    public static void unregisterAppInfo(String prefix, String id, Metrics metrics) {
        if (Jmx.isAskedFor()) {
            change(prefix, id, null);
        }
    }

    private static synchronized void change(String prefix, String id, AppInfo info) {
        try {
            ObjectName name = new ObjectName(prefix + ":type=app-info,id=" + Sanitizer.jmxSanitize(id));
            MBeanServer server = ManagementFactory.getPlatformMBeanServer();
            if (server.isRegistered(name)) {
                server.unregisterMBean(name);
            }
            if (info != null) {
                server.registerMBean(info, name);
            }
        } catch (JMException e) {
            LOG.warn("Kafka's client {} cannot be shown by JMX", id, e);
        }
    }

    /** What JMX shows of a client. */
    public interface AppInfoMBean {
        String getVersion();

        String getCommitId();

        Long getStartTimeMs();
    }

    /** The same, for one client. */
    public record AppInfo(long startTimeMs) implements AppInfoMBean {
        @Override
        public String getVersion() {
            return AppInfoParser.getVersion();
        }

        @Override
        public String getCommitId() {
            return AppInfoParser.getCommitId();
        }

        @Override
        public Long getStartTimeMs() {
            return startTimeMs;
        }
    }
}
