package dev.logshipper.sink.testkit.contract;

import dev.logshipper.sink.Sink;
import dev.logshipper.sink.SinkContext;
import java.util.List;

/// Sinks that break a rule about closing, printing, naming or the warm-up (S13 to S16).
final class BrokenOutputs {
  private BrokenOutputs() {}

  static List<BrokenRule> all() {
    return List.of(
        BrokenRule.of(
            "a log line at the end",
            () ->
                new LineFixture(
                    new LineProvider() {
                      @Override
                      public Sink open(SinkContext context) {
                        return BrokenResults.onClose(
                            super.open(context), () -> context.diagnostics().info("bye"));
                      }
                    }),
            "s13ClosesQuicklyOnAnotherThread",
            "s13ClosesWithoutASend"),
        BrokenRule.sink("prints", BrokenResults::printingFailures, "s14PrintsNothing"),
        BrokenRule.sink("logs", BrokenResults::loggingFailures, "s14PrintsNothing"),
        BrokenRule.sink("quotes lines", BrokenResults::quotingLines, "s15LogsNoSecretAndNoContent"),
        BrokenRule.of(
            "quotes lines in diagnostics",
            () ->
                new LineFixture(
                    new LineProvider() {
                      @Override
                      public Sink open(SinkContext context) {
                        return BrokenResults.loggingLines(
                            super.open(context), context.diagnostics());
                      }
                    }),
            "s15LogsNoSecretAndNoContent"),
        BrokenRule.sink(
            "shows a secret",
            good -> BrokenResults.named(good, good + " with hush-hush"),
            "s15LogsNoSecretAndNoContent"),
        BrokenRule.sink(
            "nameless",
            good -> BrokenResults.named(good, "Sink@1f2e3d"),
            "s15NamesItsModeAndEndpoint"),
        BrokenRule.sink(
            "sends its warm-up",
            BrokenResults::sendingItsWarmUp,
            "s16WarmUpSendsNoRequest",
            "s16SendsAfterAWarmUp"));
  }
}
