package io.pickaroon.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.lang.ArchRule;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.FieldSource;

/** The packages of the program: what all commands share, then one package for each command, then the tree of commands. */
class AppPackagesTest {
    static final List<ArchRule> RULES = ArchitectureTest.order(
            "app",
            List.of(
                    List.of("error"),
                    List.of("terminal", "logging"),
                    List.of("command", "input", "inspect", "page"),
                    List.of("configuration", "report", "broker", "search"),
                    List.of("pipeline", "http", "figures"),
                    List.of("forecast"),
                    List.of(
                            "run",
                            "plan",
                            "verify",
                            "replay",
                            "check",
                            "scan",
                            "fix",
                            "demo",
                            "checkpoint",
                            "audit",
                            "positions",
                            "status",
                            "completion",
                            "devbroker")));

    @TempDir
    Path directory;

    @ParameterizedTest
    @FieldSource("RULES")
    void holds(ArchRule rule) {
        rule.check(ArchitectureTest.OURS);
    }

    @ParameterizedTest
    @CsvSource({
        "error.Failure, terminal.Table, app.error uses packages before it",
        "terminal.Table, logging.LogFormat, app.terminal uses packages before it",
        "logging.LogFormat, command.Version, app.logging uses packages before it",
        "command.Version, input.FixAdmission, app.command uses packages before it",
        "command.Version, Main, app.command uses packages before it",
        "page.Html, command.Version, app.page uses packages before it",
        "inspect.CheckpointAtRest, command.Version, app.inspect uses packages before it",
        "input.FixAdmission, configuration.RunPlan, app.input uses packages before it",
        "configuration.RunPlan, pipeline.PipelineRun, app.configuration uses packages before it",
        "report.StatusTable, http.StatusServer, app.report uses packages before it",
        "broker.LocalBroker, devbroker.DevBrokerCommand, app.broker uses packages before it",
        "search.Wanted, scan.ScanRun, app.search uses packages before it",
        "pipeline.PipelineRun, run.RunCommand, app.pipeline uses packages before it",
        "figures.RunFigures, forecast.Forecast, app.figures uses packages before it",
        "forecast.Forecast, run.RunCommand, app.forecast uses packages before it",
        "plan.PlanRun, run.RunCommand, app.plan uses packages before it",
        "verify.VerifyRun, plan.PlanRun, app.verify uses packages before it",
        "replay.ReplayRun, run.RunCommand, app.replay uses packages before it",
        "http.StatusServer, status.StatusCommand, app.http uses packages before it",
        "run.RunCommand, demo.DemoLog, app.run uses packages before it",
        "check.CheckRun, run.RunCommand, app.check uses packages before it",
        "scan.ScanRun, fix.FixRun, app.scan uses packages before it",
        "fix.FixRun, scan.ScanRun, app.fix uses packages before it",
        "demo.DemoLog, run.RunCommand, app.demo uses packages before it",
        "checkpoint.CheckpointView, positions.PositionsReport, app.checkpoint uses packages before it",
        "audit.TrailReport, checkpoint.CheckpointView, app.audit uses packages before it",
        "positions.PositionsReport, checkpoint.CheckpointView, app.positions uses packages before it",
        "status.StatusCommand, run.RunCommand, app.status uses packages before it",
        "completion.CompletionCommand, CommandTree, app.completion uses packages before it",
        "devbroker.DevBrokerCommand, run.RunCommand, app.devbroker uses packages before it",
        "helpers.Anything, Main, app has these packages",
    })
    void refuses(String from, String to, String description) throws IOException {
        ArchRule rule = RULES.stream()
                .filter(r -> r.getDescription().equals(description))
                .findFirst()
                .orElseThrow();
        JavaClasses wrong =
                ArchitectureTest.classWithField(directory, "io.pickaroon.app." + from, "io.pickaroon.app." + to);
        assertThat(rule.evaluate(wrong).hasViolation()).isTrue();
    }
}
