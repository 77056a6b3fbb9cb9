package dev.logshipper.sink.testkit.contract;

import dev.logshipper.sink.SendResult;
import dev.logshipper.sink.Sink;
import dev.logshipper.sink.SinkContext;
import dev.logshipper.sink.testkit.Trait;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
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
    all.addAll(requests());
    all.addAll(results());
    all.addAll(BrokenOutputs.all());
    return all;
  }

  static BrokenRule of(String name, LineContract.Fixtures fixtures, String... tests) {
    return new BrokenRule(name, fixtures, Set.of(tests));
  }

  /// A good sink, altered after it was opened.
  static BrokenRule sink(String name, UnaryOperator<Sink> change, String... tests) {
    return of(name, () -> new LineFixture(altering(change)), tests);
  }

  static LineProvider altering(UnaryOperator<Sink> change) {
    return new LineProvider() {
      @Override
      public Sink open(SinkContext context) {
        return change.apply(super.open(context));
      }
    };
  }

  static LineFixture lossy(LineProvider provider) throws IOException {
    return new LineFixture(provider) {
      @Override
      public Set<Trait> traits() {
        return EnumSet.allOf(Trait.class);
      }
    };
  }

  private static List<BrokenRule> requests() {
    return List.of(
        sink(
            "one record less than allowed",
            BrokenSinks::rejectingTheLastRecordAllowed,
            "s03AcceptsTheMaximumNumberOfRecords"),
        sink(
            "one byte less than allowed",
            BrokenSinks::rejectingTheLastByteAllowed,
            "s03AcceptsTheMaximumNumberOfBytes",
            "s03AcceptsContentThatGrowsWhenEncoded"),
        sink(
            "one byte per record less than allowed",
            BrokenSinks::rejectingTheLongestRecordAllowed,
            "s03AcceptsARecordOfMaximumLength",
            "s03AcceptsContentThatGrowsWhenEncoded"),
        of(
            "bodies larger than the destination accepts",
            () ->
                new LineFixture(new LineProvider()) {
                  @Override
                  int bodyBytesMax() {
                    return LineSink.LIMITS.bytesMax();
                  }
                },
            "s03AcceptsContentThatGrowsWhenEncoded"),
        sink("lines trimmed", BrokenSinks::trimmingLines, "s03PreservesAnyContent"),
        of("lossy only by its trait", () -> lossy(new LineProvider()), "s03PreservesAnyContent"),
        sink(
            "each tenth batch lost",
            BrokenSinks::losingEachTenth,
            "s04BatchesArriveInTheOrderSent"),
        sink(
            "two attempts",
            BrokenSinks::tryingTwice,
            "s05MakesOneAttemptWhenANewConnectionIsReset",
            "s05ResendsAtMostOnceAfterADeadConnection"),
        sink(
            "timeouts treated as delivered",
            BrokenSinks::treatingTimeoutsAsDelivered,
            "s06ReportsNoDeliveryWithoutAcknowledgement"),
        sink(
            "failed lines kept for later",
            BrokenSinks::resendingFailedLinesLater,
            "s06SendsNothingOfAnEarlierBatch"),
        sink(
            "leaked threads",
            BrokenSinks::leakingThreads,
            "s06NoThreadRunsAfterReturn",
            "s06ThreadsDoNotAccumulate"),
        sink(
            "another id for each attempt",
            good -> BrokenSinks.naming(good, batch -> batch.id() + System.nanoTime()),
            "s11AttemptAfterAnUnknownOutcomeStoresNoDuplicate"),
        sink(
            "the same id for equal batches",
            good -> BrokenSinks.naming(good, batch -> "of-" + batch.contentBytes()),
            "s04BatchesArriveInTheOrderSent",
            "s11EqualLinesAreNoDuplicates"),
        sink(
            "the last batch retained",
            BrokenSinks::keepingTheLastBatch,
            "s12RetainsNoRecordsAfterASend"));
  }

  private static List<BrokenRule> results() {
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
                          boolean mayResend() {
                            return false;
                          }
                        };
                      }
                    }),
            "s05DeliversAfterAConnectionWasLostInAFreeze",
            "s05DeliversAfterAConnectionWasClosedInAFreeze"),
        sink(
            "the first deadline forgotten",
            good -> BrokenResults.forgettingTheFirstDeadline(good, OWN_TIMEOUT),
            "s07ReturnsByTheDeadlineWithoutAResponse",
            "s07ReturnsByTheDeadlineWhileTheResponseTrickles",
            "s07ReturnsAtOnceAfterTheDeadline"),
        sink(
            "slow interrupts",
            good -> BrokenResults.ignoringInterrupts(good, OWN_TIMEOUT),
            "s07InterruptEndsASendWithoutAResponse",
            "s07InterruptEndsASendWhileTheResponseTrickles",
            "s07EarlierInterruptEndsTheSend"),
        sink(
            "interrupts swallowed",
            BrokenResults::swallowingInterrupts,
            "s07InterruptEndsASendWithoutAResponse",
            "s07InterruptEndsASendWhileTheResponseTrickles",
            "s07EarlierInterruptEndsTheSend"),
        sink(
            "one retry omitted",
            good ->
                BrokenResults.mapping(
                    good, (result, _) -> BrokenResults.withoutTheLastRetry(result)),
            "s08ListsExactlyTheRecordsToRetry",
            "s08ListsRecordsAtBothEndsOfTheBatch",
            "s08DistinguishesRejectedRecordsFromRetries"),
        sink(
            "one rejection omitted",
            good ->
                BrokenResults.mapping(
                    good, (result, _) -> BrokenResults.withoutTheLastRejection(result)),
            "s08ListsExactlyTheRejectedRecords",
            "s08DistinguishesRejectedRecordsFromRetries"),
        sink(
            "rejected records reported as retries",
            good ->
                BrokenResults.mapping(
                    good, (result, _) -> BrokenResults.retryingTheRejected(result)),
            "s08ListsExactlyTheRejectedRecords",
            "s08DistinguishesRejectedRecordsFromRetries"),
        sink(
            "one record too many in progress",
            good -> BrokenResults.mapping(good, (result, _) -> BrokenResults.progress(result, 1)),
            "s08ProgressCountsExactlyTheDeliveredRecords"),
        sink(
            "one record too few in progress",
            good -> BrokenResults.mapping(good, (result, _) -> BrokenResults.progress(result, -1)),
            "s08ProgressCountsExactlyTheDeliveredRecords"),
        sink(
            "no progress ever",
            BrokenSinks::makingNoProgress,
            "s03AcceptsContentThatGrowsWhenEncoded"),
        of(
            "a partial result for a whole failure",
            () ->
                new LineFixture(
                    altering(good ->
                        BrokenResults.mapping(good, BrokenResults::partialForWholeFailures))) {
                  @Override
                  public Set<Trait> traits() {
                    return Set.of(Trait.IDEMPOTENT, Trait.NAMES_WAIT);
                  }
                },
            "s08ListsExactlyTheRecordsToRetry"),
        sink(
            "the requested wait dropped",
            good ->
                BrokenResults.mapping(
                    good,
                    (result, _) ->
                        result instanceof SendResult.Retry retry
                            ? SendResult.retry(retry.reason())
                            : result),
            "s09PassesOnTheRequestedWait"),
        of(
            "waits not declared",
            () ->
                new LineFixture(new LineProvider()) {
                  @Override
                  public Set<Trait> traits() {
                    return Set.of(Trait.IDEMPOTENT, Trait.PARTIAL_RETRY, Trait.PARTIAL_REJECTION);
                  }
                },
            "s09PassesOnTheRequestedWait"),
        sink(
            "cut connections treated as rejections",
            BrokenResults::rejectingAfterIoExceptions,
            "s09UnknownOutcomeIsNoRejection"),
        sink(
            "rejections treated as retries",
            good ->
                BrokenResults.mapping(
                    good,
                    (result, _) ->
                        result instanceof SendResult.Rejected
                            ? SendResult.retry("rejected")
                            : result),
            "s09PermanentErrorIsARejection"),
        sink(
            "unchecked exceptions",
            BrokenResults::throwingUncheckedExceptions,
            "s10ThrowsOnlyIoExceptions"),
        of(
            "idempotence not declared",
            () ->
                new LineFixture(new LineProvider()) {
                  @Override
                  public Set<Trait> traits() {
                    return Set.of(Trait.NAMES_WAIT, Trait.PARTIAL_RETRY, Trait.PARTIAL_REJECTION);
                  }
                },
            "s11AttemptAfterAnUnknownOutcomeStoresNoDuplicate"));
  }

  @Override
  public String toString() {
    return name;
  }
}
