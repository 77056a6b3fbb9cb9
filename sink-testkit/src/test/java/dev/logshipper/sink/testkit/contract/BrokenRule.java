package dev.logshipper.sink.testkit.contract;

import dev.logshipper.sink.SendResult;
import dev.logshipper.sink.Sink;
import dev.logshipper.sink.SinkContext;
import dev.logshipper.sink.testkit.Trait;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;

/// A sink that breaks a rule, and the tests that must fail for it.
record BrokenRule(String name, LineContract.Fixtures fixtures, Set<String> tests) {
  private static final Duration OWN_TIMEOUT =
      LineContract.SHORT_DEADLINE.plus(LineContract.GRACE).plusMillis(200);

  static List<BrokenRule> all() {
    List<BrokenRule> all = new ArrayList<>();
    all.addAll(BrokenProviders.all());
    all.addAll(aboutWhatIsSent());
    all.addAll(aboutHowItEnds());
    all.addAll(aboutWhatIsSaid());
    return all;
  }

  static BrokenRule of(String name, LineContract.Fixtures fixtures, String... tests) {
    return new BrokenRule(name, fixtures, Set.of(tests));
  }

  /// A sink that was altered after it was opened.
  private static BrokenRule sink(String name, UnaryOperator<Sink> change, String... tests) {
    return of(name, () -> new LineFixture(altering(change)), tests);
  }

  private static LineProvider altering(UnaryOperator<Sink> change) {
    return new LineProvider() {
      @Override
      public Sink open(SinkContext context) {
        return change.apply(super.open(context));
      }
    };
  }

  private static List<BrokenRule> aboutWhatIsSent() {
    return List.of(
        sink("limits that shrink", BrokenSinks::withLimitsThatShrink, "s02LimitsNeverChange"),
        sink(
            "one record less than allowed",
            BrokenSinks::refusingTheLastRecordAllowed,
            "s03TakesAsManyRecordsAsItAllows"),
        sink(
            "one byte less than allowed",
            BrokenSinks::refusingTheLastByteAllowed,
            "s03TakesAsManyBytesAsItAllows",
            "s03TakesWhatGrowsOnTheWire"),
        sink(
            "lines one byte shorter than allowed",
            BrokenSinks::refusingTheLongestRecordAllowed,
            "s03TakesARecordAsLongAsItAllows",
            "s03TakesWhatGrowsOnTheWire"),
        of(
            "bodies larger than the destination takes",
            () ->
                new LineFixture(new LineProvider()) {
                  @Override
                  int bodyBytesMax() {
                    return LineSink.LIMITS.bytesMax();
                  }
                },
            "s03TakesWhatGrowsOnTheWire"),
        sink("lines trimmed", BrokenSinks::trimmingLines, "s03TakesWhateverALineMayHold"),
        sink("each tenth batch lost", BrokenSinks::losingEachTenth, "s04SendsFollowOneAnother"),
        sink(
            "two attempts",
            BrokenSinks::tryingTwice,
            "s05MakesOneAttemptOnAFreshConnectionThatIsCut",
            "s05RepeatsOnceAtMostOnADeadConnection"),
        sink(
            "silence taken for consent",
            BrokenSinks::takingSilenceForConsent,
            "s06DeliveredIsNothingThatWasNotAcknowledged"),
        sink(
            "failed lines kept for later",
            BrokenSinks::keepingWhatFailedForLater,
            "s06NothingOfABatchLeavesWithALaterOne"),
        sink(
            "threads left behind",
            BrokenSinks::leavingThreads,
            "s06NoThreadWorksOnAfterReturn",
            "s06ThreadsDoNotAddUp"),
        sink(
            "another id for each attempt",
            good -> BrokenSinks.naming(good, batch -> batch.id() + System.nanoTime()),
            "s11RepetitionAfterAnUnknownOutcomeDoublesNothing"),
        sink(
            "equal batches taken for one",
            good -> BrokenSinks.naming(good, batch -> "of-" + batch.contentBytes()),
            "s04SendsFollowOneAnother",
            "s11EqualLinesAreNotTakenForRepetitions"),
        sink(
            "the last batch kept",
            BrokenSinks::keepingTheLastBatch,
            "s12LetsGoOfRecordsHoweverASendEnds"));
  }

  private static List<BrokenRule> aboutHowItEnds() {
    return List.of(
        of(
            "dead connections not replaced",
            () ->
                new LineFixture(
                    new LineProvider() {
                      @Override
                      LineSink newSink(String address) {
                        return new LineSink(address) {
                          @Override
                          boolean mayRepeat() {
                            return false;
                          }
                        };
                      }
                    }),
            "s05ConnectionLostInAFreezeIsNoFailure",
            "s05ConnectionClosedInAFreezeIsNoFailure"),
        sink(
            "the first deadline forgotten",
            good -> IndiscreetSinks.forgettingTheFirstDeadline(good, OWN_TIMEOUT),
            "s07EndsByItsDeadlineWhenNobodyAnswers",
            "s07EndsByItsDeadlineWhenTheAnswerTrickles",
            "s07EndsAtOnceWhenItsDeadlineHasPassed"),
        sink(
            "interrupts that take their time",
            good -> IndiscreetSinks.ignoringInterrupts(good, OWN_TIMEOUT),
            "s07InterruptEndsItWhenNobodyAnswers",
            "s07InterruptEndsItWhenTheAnswerTrickles",
            "s07InterruptFromBeforeEndsIt"),
        sink(
            "interrupts swallowed",
            IndiscreetSinks::swallowingInterrupts,
            "s07InterruptEndsItWhenNobodyAnswers",
            "s07InterruptEndsItWhenTheAnswerTrickles",
            "s07InterruptFromBeforeEndsIt"),
        sink(
            "one failed place forgotten",
            good ->
                IndiscreetSinks.retelling(
                    good, (result, _) -> IndiscreetSinks.oneLessFailed(result)),
            "s08NamesExactlyWhatWasNotTaken",
            "s08NamesTheEndsOfABatch"),
        of(
            "a part where there is none",
            () ->
                new LineFixture(
                    altering(
                        good -> IndiscreetSinks.retelling(good, IndiscreetSinks::partOfNothing))) {
                  @Override
                  public Set<Trait> traits() {
                    return Set.of(Trait.IDEMPOTENT, Trait.NAMES_WAIT);
                  }
                },
            "s08NamesExactlyWhatWasNotTaken"),
        sink(
            "the wait forgotten",
            good ->
                IndiscreetSinks.retelling(
                    good,
                    (result, _) ->
                        result instanceof SendResult.Retry retry
                            ? SendResult.retry(retry.reason())
                            : result),
            "s09PassesOnHowLongToWait"),
        of(
            "a wait that can be named and is not declared",
            () ->
                new LineFixture(new LineProvider()) {
                  @Override
                  public Set<Trait> traits() {
                    return Set.of(Trait.IDEMPOTENT, Trait.PARTIAL);
                  }
                },
            "s09PassesOnHowLongToWait"),
        sink(
            "cut connections taken for refusals",
            IndiscreetSinks::rejectingWhatFailsToArrive,
            "s09UnknownOutcomeIsWorthAnotherAttempt"),
        sink(
            "refusals tried again",
            good ->
                IndiscreetSinks.retelling(
                    good,
                    (result, _) ->
                        result instanceof SendResult.Rejected
                            ? SendResult.retry("refused")
                            : result),
            "s09RefusedIsNotWorthAnotherAttempt"),
        sink(
            "exceptions of its own",
            IndiscreetSinks::throwingWhatIsNoIoException,
            "s10ThrowsNothingButIoExceptions"),
        of(
            "idempotence that is not declared",
            () ->
                new LineFixture(new LineProvider()) {
                  @Override
                  public Set<Trait> traits() {
                    return Set.of(Trait.NAMES_WAIT, Trait.PARTIAL);
                  }
                },
            "s11RepetitionAfterAnUnknownOutcomeDoublesNothing"));
  }

  private static List<BrokenRule> aboutWhatIsSaid() {
    return List.of(
        sink(
            "closes once only",
            IndiscreetSinks::closingOnce,
            "s13ClosesTwiceQuicklyOnAnotherThread"),
        of(
            "words at the end",
            () ->
                new LineFixture(
                    new LineProvider() {
                      @Override
                      public Sink open(SinkContext context) {
                        return IndiscreetSinks.onClose(
                            super.open(context), () -> context.diagnostics().info("bye"));
                      }
                    }),
            "s13ClosesTwiceQuicklyOnAnotherThread",
            "s13ClosesUnused"),
        sink("prints", IndiscreetSinks::printingFailures, "s14PrintsNothing"),
        sink("logs", IndiscreetSinks::loggingFailures, "s14PrintsNothing"),
        sink("quotes lines", IndiscreetSinks::quotingLines, "s15TellsNoSecretAndNoLine"),
        of(
            "quotes lines in diagnostics",
            () ->
                new LineFixture(
                    new LineProvider() {
                      @Override
                      public Sink open(SinkContext context) {
                        return IndiscreetSinks.quotingLinesInDiagnostics(
                            super.open(context), context.diagnostics());
                      }
                    }),
            "s15TellsNoSecretAndNoLine"),
        sink(
            "shows a secret",
            good -> IndiscreetSinks.named(good, good + " with hush-hush"),
            "s15TellsNoSecretAndNoLine"),
        sink("nameless", good -> IndiscreetSinks.named(good, "Sink@1f2e3d"), "s15SaysWhatItIs"),
        sink(
            "sends its warm-up",
            IndiscreetSinks::sendingItsWarmUp,
            "s16WarmsUpWithoutStoringOrAsking",
            "s16SendsAfterAWarmUp"));
  }

  @Override
  public String toString() {
    return name;
  }
}
