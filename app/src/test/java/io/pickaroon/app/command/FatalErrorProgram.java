package io.pickaroon.app.command;

import io.pickaroon.processor.LogProcessor;
import io.pickaroon.processor.RunState;
import io.pickaroon.processor.input.Discovery;
import io.pickaroon.processor.input.LogInput;
import io.pickaroon.processor.input.Reading;
import io.pickaroon.processor.input.RunSettings;
import io.pickaroon.processor.rule.Pattern;
import io.pickaroon.processor.rule.Rule;
import io.pickaroon.processor.window.Delimiter;
import io.pickaroon.processor.window.WindowPlan;
import java.nio.file.Path;
import java.util.List;
import org.apache.kafka.common.utils.KafkaThread;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/** A program with an error from which Java cannot recover, on a thread that the main thread waits for. */
final class FatalErrorProgram {
    private FatalErrorProgram() {}

    /** The kind of thread, and a log file for the engine. */
    public static void main(String[] arguments) throws InterruptedException {
        FatalErrors.endTheProcess(false);
        switch (arguments[0]) {
            case "engine" -> engine(Path.of(arguments[1]));
            case "parallel" ->
                Mono.fromRunnable(FatalErrorProgram::fail)
                        .subscribeOn(Schedulers.parallel())
                        .block();
            case "elastic" ->
                Mono.fromRunnable(FatalErrorProgram::fail)
                        .subscribeOn(Schedulers.boundedElastic())
                        .block();
            case "plain" -> Thread.ofPlatform().start(FatalErrorProgram::fail);
            case "kafka" ->
                KafkaThread.daemon("kafka-producer-network-thread", FatalErrorProgram::fail)
                        .start();
            default -> throw new IllegalArgumentException(arguments[0]);
        }
        Thread.sleep(60_000);
    }

    private static void engine(Path log) {
        LogInput input = new LogInput(
                "log",
                Discovery.of(List.of(log)),
                false,
                new Reading(new WindowPlan(4096, 1024, Delimiter.AUTO)),
                List.of(new Rule("errors", new Pattern.Literal("ERROR", false))));
        new LogProcessor(
                        List.of(input),
                        windows -> windows.map(_ -> {
                            throw missingClass();
                        }),
                        RunState.none(),
                        RunSettings.untilEndOfFiles())
                .run()
                .block();
    }

    private static void fail() {
        throw missingClass();
    }

    private static NoClassDefFoundError missingClass() {
        return new NoClassDefFoundError("io/pickaroon/Missing");
    }
}
