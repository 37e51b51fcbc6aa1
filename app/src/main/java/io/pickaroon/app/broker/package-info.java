/**
 * A dev-broker beside a run: where it is installed, how it is started, and the topics that it is given.
 */
package io.pickaroon.app.broker;
