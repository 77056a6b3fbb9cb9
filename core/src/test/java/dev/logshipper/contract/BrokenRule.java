package dev.logshipper.contract;

import dev.logshipper.sink.SendResult;
import dev.logshipper.sink.Sink;
import dev.logshipper.sink.SinkContext;
import dev.logshipper.testkit.Trait;
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
        sink("limits that shrink", BrokenSinks::withLimitsThatShrink, "s02_limits_never_change"),
        sink(
            "one record less than allowed",
            BrokenSinks::refusingTheLastRecordAllowed,
            "s03_takes_as_many_records_as_it_allows"),
        sink(
            "one byte less than allowed",
            BrokenSinks::refusingTheLastByteAllowed,
            "s03_takes_as_many_bytes_as_it_allows",
            "s03_takes_what_grows_on_the_wire"),
        sink(
            "lines one byte shorter than allowed",
            BrokenSinks::refusingTheLongestRecordAllowed,
            "s03_takes_a_record_as_long_as_it_allows",
            "s03_takes_what_grows_on_the_wire"),
        of(
            "bodies larger than the destination takes",
            () ->
                new LineFixture(new LineProvider()) {
                  @Override
                  int bodyBytesMax() {
                    return LineSink.LIMITS.bytesMax();
                  }
                },
            "s03_takes_what_grows_on_the_wire"),
        sink("lines trimmed", BrokenSinks::trimmingLines, "s03_takes_whatever_a_line_may_hold"),
        sink("each tenth batch lost", BrokenSinks::losingEachTenth, "s04_sends_follow_one_another"),
        sink(
            "two attempts",
            BrokenSinks::tryingTwice,
            "s05_makes_one_attempt_on_a_fresh_connection_that_is_cut",
            "s05_repeats_once_at_most_on_a_dead_connection"),
        sink(
            "silence taken for consent",
            BrokenSinks::takingSilenceForConsent,
            "s06_delivered_is_nothing_that_was_not_acknowledged"),
        sink(
            "failed lines kept for later",
            BrokenSinks::keepingWhatFailedForLater,
            "s06_nothing_of_a_batch_leaves_with_a_later_one"),
        sink(
            "threads left behind",
            BrokenSinks::leavingThreads,
            "s06_no_thread_works_on_after_return",
            "s06_threads_do_not_add_up"),
        sink(
            "another id for each attempt",
            good -> BrokenSinks.naming(good, batch -> batch.id() + System.nanoTime()),
            "s11_repetition_after_an_unknown_outcome_doubles_nothing"),
        sink(
            "equal batches taken for one",
            good -> BrokenSinks.naming(good, batch -> "of-" + batch.contentBytes()),
            "s04_sends_follow_one_another",
            "s11_equal_lines_are_not_taken_for_repetitions"),
        sink(
            "the last batch kept",
            BrokenSinks::keepingTheLastBatch,
            "s12_lets_go_of_records_however_a_send_ends"));
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
            "s05_connection_lost_in_a_freeze_is_no_failure",
            "s05_connection_closed_in_a_freeze_is_no_failure"),
        sink(
            "the first deadline forgotten",
            good -> IndiscreetSinks.forgettingTheFirstDeadline(good, OWN_TIMEOUT),
            "s07_ends_by_its_deadline_when_nobody_answers",
            "s07_ends_by_its_deadline_when_the_answer_trickles",
            "s07_ends_at_once_when_its_deadline_has_passed"),
        sink(
            "interrupts that take their time",
            good -> IndiscreetSinks.ignoringInterrupts(good, OWN_TIMEOUT),
            "s07_interrupt_ends_it_when_nobody_answers",
            "s07_interrupt_ends_it_when_the_answer_trickles",
            "s07_interrupt_from_before_ends_it"),
        sink(
            "interrupts swallowed",
            IndiscreetSinks::swallowingInterrupts,
            "s07_interrupt_ends_it_when_nobody_answers",
            "s07_interrupt_ends_it_when_the_answer_trickles",
            "s07_interrupt_from_before_ends_it"),
        sink(
            "one failed place forgotten",
            good ->
                IndiscreetSinks.retelling(
                    good, (result, _) -> IndiscreetSinks.oneLessFailed(result)),
            "s08_names_exactly_what_was_not_taken",
            "s08_names_the_ends_of_a_batch"),
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
            "s08_names_exactly_what_was_not_taken"),
        sink(
            "the wait forgotten",
            good ->
                IndiscreetSinks.retelling(
                    good,
                    (result, _) ->
                        result instanceof SendResult.Retry retry
                            ? SendResult.retry(retry.reason())
                            : result),
            "s09_passes_on_how_long_to_wait"),
        of(
            "a wait that can be named and is not declared",
            () ->
                new LineFixture(new LineProvider()) {
                  @Override
                  public Set<Trait> traits() {
                    return Set.of(Trait.IDEMPOTENT, Trait.PARTIAL);
                  }
                },
            "s09_passes_on_how_long_to_wait"),
        sink(
            "cut connections taken for refusals",
            IndiscreetSinks::rejectingWhatFailsToArrive,
            "s09_unknown_outcome_is_worth_another_attempt"),
        sink(
            "refusals tried again",
            good ->
                IndiscreetSinks.retelling(
                    good,
                    (result, _) ->
                        result instanceof SendResult.Rejected
                            ? SendResult.retry("refused")
                            : result),
            "s09_refused_is_not_worth_another_attempt"),
        sink(
            "exceptions of its own",
            IndiscreetSinks::throwingWhatIsNoIoException,
            "s10_throws_nothing_but_io_exceptions"),
        of(
            "idempotence that is not declared",
            () ->
                new LineFixture(new LineProvider()) {
                  @Override
                  public Set<Trait> traits() {
                    return Set.of(Trait.NAMES_WAIT, Trait.PARTIAL);
                  }
                },
            "s11_repetition_after_an_unknown_outcome_doubles_nothing"));
  }

  private static List<BrokenRule> aboutWhatIsSaid() {
    return List.of(
        sink(
            "closes once only",
            IndiscreetSinks::closingOnce,
            "s13_closes_twice_quickly_on_another_thread"),
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
            "s13_closes_twice_quickly_on_another_thread",
            "s13_closes_unused"),
        sink("prints", IndiscreetSinks::printingFailures, "s14_prints_nothing"),
        sink("logs", IndiscreetSinks::loggingFailures, "s14_prints_nothing"),
        sink("quotes lines", IndiscreetSinks::quotingLines, "s15_tells_no_secret_and_no_line"),
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
            "s15_tells_no_secret_and_no_line"),
        sink(
            "shows a secret",
            good -> IndiscreetSinks.named(good, good + " with hush-hush"),
            "s15_tells_no_secret_and_no_line"),
        sink("nameless", good -> IndiscreetSinks.named(good, "Sink@1f2e3d"), "s15_says_what_it_is"),
        sink(
            "sends its rehearsal",
            IndiscreetSinks::sendingItsRehearsal,
            "s16_rehearses_without_storing_or_asking",
            "s16_sends_after_a_rehearsal"));
  }

  @Override
  public String toString() {
    return name;
  }
}
