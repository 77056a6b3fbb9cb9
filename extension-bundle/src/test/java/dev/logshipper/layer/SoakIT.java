package dev.logshipper.layer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.logshipper.bundle.BundledSink;
import dev.logshipper.sandbox.environment.InvocationOutcome;
import dev.logshipper.sandbox.environment.Sandbox;
import dev.logshipper.sandbox.environment.SandboxBuilder;
import dev.logshipper.sandbox.environment.function.Invocation;
import dev.logshipper.sandbox.environment.junit.SandboxExtension;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// A long run with constant failures: thousands of invocations with pauses and freezes, to
/// destinations that fail in every way. Not part of an ordinary build: `scripts/test --long` runs
/// it. The test prints the seed that decides its course: `-Dsoak.seed=…` repeats it,
/// `-Dsoak.invocations=…` shortens it.
@Tag("soak")
@ExtendWith(SandboxExtension.class)
class SoakIT {
  private static final int INVOCATIONS = Integer.getInteger("soak.invocations", 10_000);
  private static final int WARM_AFTER = INVOCATIONS / 10;
  private static final int SAMPLE_EVERY = INVOCATIONS / 100;
  private static final int LINES = 5;
  private static final int TIMEOUT_MILLIS = 20_000;
  private static final int FUNCTION_MILLIS_MAX = 5;
  private static final double SUSPENSION_PROBABILITY = 0.01;
  private static final double LONG_PAUSE_PROBABILITY = 0.01;
  private static final int LONG_PAUSE_MILLIS_MAX = 600;
  private static final double PAUSE_PROBABILITY = 0.1;
  private static final int PAUSE_MILLIS_MAX = 20;
  private static final Duration RECOVERY = Duration.ofSeconds(30);
  private static final Duration POLL = Duration.ofMillis(100);

  /// One connection more or less is chance; a leak repeats.
  private static final long COUNT_GROWTH_MAX = 5;

  /// Less than 1 kB per invocation. Compiled code and the allocator add about 3 MB.
  private static final long GROWTH_BYTES_MAX = 8_000_000;

  /// `PUSHER_MAX_HOLD_MS`, with a margin for a busy machine.
  private static final double HELD_MILLIS_MAX = 3_000;

  private final long seed = Long.getLong("soak.seed", System.nanoTime());
  private final Random random = new Random(seed);
  private final NumberedLines lines = new NumberedLines(LINES);
  private final AtomicReference<@Nullable Sandbox> running = new AtomicReference<>();
  private final List<Double> heldMillis = new ArrayList<>();
  private final List<ProcessStats> samples = new ArrayList<>();
  private final List<ProcessStats> withoutGarbage = new ArrayList<>();

  static Stream<String> modes() {
    return Stream.of(
        "http", BundledSink.ALL.stream().map(BundledSink::mode).collect(Collectors.joining(",")));
  }

  @ParameterizedTest
  @MethodSource("modes")
  void nothingIsLostAndNothingGrows(String modes) throws Exception {
    System.out.printf("soak of %s: %d invocations, seed %d%n", modes, INVOCATIONS, seed);
    List<FailingDestination> destinations = new ArrayList<>();
    for (String mode : modes.split(",", -1)) {
      destinations.add(new FailingDestination(BundledSink.named(mode), random));
    }
    long startNanos = System.nanoTime();
    try (Sandbox sandbox = shipping(modes, destinations).start()) {
      running.set(sandbox);
      for (int i = 0; i < INVOCATIONS; i++) {
        destinations.forEach(FailingDestination::nextInvocation);
        invoke(sandbox);
        if (i == WARM_AFTER) {
          withoutGarbage.add(ProcessStats.withoutGarbage(sandbox));
        }
        if (i >= WARM_AFTER && i % SAMPLE_EVERY == 0) {
          samples.add(ProcessStats.of(sandbox));
        }
        pause();
      }
      withoutGarbage.add(ProcessStats.withoutGarbage(sandbox));
      destinations.forEach(FailingDestination::recover);
      end(sandbox, destinations);
    } finally {
      System.out.printf("  %.0f s%n", (System.nanoTime() - startNanos) / 1e9);
      report(destinations);
      for (FailingDestination destination : destinations) {
        destination.close();
      }
    }
    assertNothingGrew();
  }

  private SandboxBuilder shipping(String modes, List<FailingDestination> destinations) {
    SandboxBuilder builder =
        Sandbox.builder()
            .extensions(ShippedLayer.directory().resolve("extensions"))
            .environment("PUSHER_MODE", modes)
            .environment("PUSHER_MAX_STALENESS_MS", "100")
            .timeoutMillis(TIMEOUT_MILLIS)
            .function(this::handle);
    for (FailingDestination each : destinations) {
      builder.environment(each.sink().environment(each.destination().url()));
    }
    return builder;
  }

  private void handle(Invocation invocation) throws InterruptedException {
    lines.handle(invocation);
    invocation.take(random.nextInt(FUNCTION_MILLIS_MAX + 1));
    if (random.nextDouble() < SUSPENSION_PROBABILITY) {
      Sandbox sandbox = Objects.requireNonNull(running.get());
      sandbox.suspend();
      invocation.take(random.nextInt(PAUSE_MILLIS_MAX));
      sandbox.resume();
    }
  }

  private void invoke(Sandbox sandbox) throws InterruptedException {
    InvocationOutcome outcome = sandbox.invoke("{}");
    assertThat(outcome.succeeded()).as(outcome.toString()).isTrue();
    heldMillis.add(outcome.heldMillis());
  }

  /// The time between invocations, frozen: mostly none.
  private void pause() throws InterruptedException {
    double dice = random.nextDouble();
    if (dice < LONG_PAUSE_PROBABILITY) {
      Thread.sleep(random.nextInt(LONG_PAUSE_MILLIS_MAX));
    } else if (dice < PAUSE_PROBABILITY) {
      Thread.sleep(random.nextInt(PAUSE_MILLIS_MAX));
    }
  }

  /// Buffered records are sent once the destinations work again, at the latest during shutdown.
  private void end(Sandbox sandbox, List<FailingDestination> destinations) throws Exception {
    int written = lines.written().size();
    await()
        .atMost(RECOVERY)
        .pollInterval(POLL)
        .until(() -> {
          invoke(sandbox);
          return destinations.stream()
              .allMatch(each -> NumberedLines.storedIn(each.destination()).size() >= written);
        });
    assertThat(sandbox.shutdown("spindown").extensions().getFirst().exitCode()).isZero();
    assertThat(sandbox.dropped()).as("dropped by the platform").isEmpty();
    long received = sandbox.timeline().summary().deliveredEvents();
    for (FailingDestination each : destinations) {
      String ledger = ledger(sandbox, each.sink().mode());
      System.out.println("  " + ledger);
      assertThat(ledger)
          .contains(" received=" + received + " delivered=" + received + " ")
          .contains(" dropped=0 ", " left_behind=0 ");
      assertThat(NumberedLines.storedIn(each.destination())).isEqualTo(lines.written());
    }
  }

  private static String ledger(Sandbox sandbox, String mode) {
    return sandbox.extensionOutput().stream()
        .filter(line -> line.contains("ledger sink=" + mode + " "))
        .collect(Collectors.joining("\n"));
  }

  private void assertNothingGrew() {
    List<ProcessStats> early = samples.subList(0, samples.size() / 4);
    List<ProcessStats> late = samples.subList(samples.size() * 3 / 4, samples.size());
    assertThat(samples)
        .as("processes")
        .extracting(ProcessStats::pid)
        .containsOnly(early.getFirst().pid());
    assertThat(growth(early, late, ProcessStats::threads))
        .as("threads")
        .isLessThan(COUNT_GROWTH_MAX);
    assertThat(growth(early, late, ProcessStats::descriptors))
        .as("descriptors")
        .isLessThan(COUNT_GROWTH_MAX);
    assertThat(
            withoutGarbage.getLast().anonymousBytes() - withoutGarbage.getFirst().anonymousBytes())
        .as("anonymous bytes")
        .isLessThan(GROWTH_BYTES_MAX);
    assertThat(heldMillis).as("milliseconds held").allMatch(held -> held < HELD_MILLIS_MAX);
  }

  private static long growth(
      List<ProcessStats> early, List<ProcessStats> late, ToLongFunction<ProcessStats> figure) {
    return ProcessStats.median(late, figure) - ProcessStats.median(early, figure);
  }

  private void report(List<FailingDestination> destinations) {
    for (FailingDestination each : destinations) {
      System.out.println("  " + each.sink().mode() + ": " + each.failures());
    }
    List<Double> held = heldMillis.stream().sorted().toList();
    if (!held.isEmpty()) {
      System.out.printf(
          "  held: half %.1f ms, 99%% %.1f ms, worst %.1f ms%n",
          held.get(held.size() / 2), held.get(held.size() * 99 / 100), held.getLast());
    }
    for (int i = 0; i < samples.size(); i += Math.max(1, samples.size() / 10)) {
      System.out.println("  " + (WARM_AFTER + i * SAMPLE_EVERY) + ": " + samples.get(i));
    }
    withoutGarbage.forEach(each -> System.out.println("  without garbage: " + each));
  }
}
