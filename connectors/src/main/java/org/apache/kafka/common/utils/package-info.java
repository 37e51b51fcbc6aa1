/** A class of Kafka's clients that is replaced, see {@link org.apache.kafka.common.utils.AppInfoParser}. */
package org.apache.kafka.common.utils;
