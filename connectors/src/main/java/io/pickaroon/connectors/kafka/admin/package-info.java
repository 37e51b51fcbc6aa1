/**
 * What a person does with the positions topic: list the instances that it holds, and remove one.
 */
package io.pickaroon.connectors.kafka.admin;
