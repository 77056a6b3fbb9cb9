package dev.logshipper.layer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.logshipper.bundle.BundledSink;
import dev.logshipper.sandbox.destination.realservers.Program;
import dev.logshipper.sandbox.destination.realservers.RealDestination;
import dev.logshipper.sandbox.environment.InvocationOutcome;
import dev.logshipper.sandbox.environment.Sandbox;
import dev.logshipper.sandbox.environment.SandboxBuilder;
import dev.logshipper.sandbox.environment.function.ScriptedFunction;
import dev.logshipper.sandbox.environment.junit.SandboxExtension;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

/// Rules for a production server: it returns exactly the lines that the function wrote. Not part of
/// an ordinary build: `scripts/test --real` runs it.
///
/// @param <D> the server
@Tag("real")
@ExtendWith(SandboxExtension.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class RealDestinationContract<D extends RealDestination> {
  private static final int INVOCATIONS = 20;
  static final int FEW_INVOCATIONS = 5;

  private static final Duration HANG_MAX = Duration.ofSeconds(60);

  /// Printed after some attempts without a response, each of which the server may have stored.
  private static final String GIVEN_UP = "destination unreachable";

  /// Of each sink, in seconds.
  private static final Map<String, String> SHORT_ATTEMPTS =
      Map.of(
          "PUSHER_LOKI_TIMEOUT_SEC", "1", "PUSHER_S3_TIMEOUT_SEC", "1", "ED_PUSH_TIMEOUT_SEC", "1");

  private final Program program;
  private final BundledSink sink;

  RealDestinationContract(Program program, String mode) {
    this.program = program;
    this.sink = BundledSink.named(mode);
  }

  /// A server that contains only the prerequisites of the first record.
  abstract D start();

  /// The variables that this server needs in addition to those of [BundledSink].
  abstract Map<String, String> environment(D server);

  /// All stored records in the order of reading. A record stored in pieces is one record.
  abstract List<StoredRecord> stored(D server);

  /// Lines that are allowed without a fault.
  List<String> expectedWords() {
    return List.of();
  }

  @BeforeAll
  void skipIfNotInstalled() {
    Optional<String> absence = program.absence(System.getenv());
    // scripts/test --real looks for this line.
    absence.ifPresent(why -> System.out.println(getClass().getSimpleName() + " " + why));
    assumeTrue(absence.isEmpty(), () -> absence.orElse(""));
  }

  @Test
  void everyLineIsStoredOnceAndInOrder() throws Exception {
    AwkwardLines function = new AwkwardLines();
    try (D server = start();
        Sandbox sandbox = shipping(server, function).start()) {
      invoke(sandbox, INVOCATIONS);
      end(sandbox);

      assertThat(function.written()).hasSize(INVOCATIONS * AwkwardLines.LINES);
      assertStored(server, function);
      assertThat(sandbox.extensionOutput())
          .as("output without the ledger")
          .filteredOn(line -> !line.contains(" ledger "))
          .isSubsetOf(expectedWords());
      assertThat(ShippedLayer.ledger(sandbox, "delivered"))
          .isEqualTo(ShippedLayer.ledger(sandbox, "received"))
          .isEqualTo(stored(server).size());
    }
  }

  final void assertStored(D server, AwkwardLines function) {
    assertThat(StoredRecord.functionLines(stored(server)))
        .containsExactlyElementsOf(function.written());
  }

  /// An environment with the layer and the variables required for this server.
  final SandboxBuilder shipping(D server, ScriptedFunction function) {
    return ShippedLayer.shippingTo(sink, server.url())
        .environment(environment(server))
        .function(function);
  }

  /// The server receives the requests that were sent while it did not respond, and then their
  /// repetitions.
  final void hangForAWhile(D server, AwkwardLines function) throws Exception {
    try (Sandbox sandbox = shipping(server, function).environment(SHORT_ATTEMPTS).start()) {
      invoke(sandbox, FEW_INVOCATIONS);
      server.suspend();
      long deadlineNanos = System.nanoTime() + HANG_MAX.toNanos();
      while (sandbox.extensionOutput().stream().noneMatch(line -> line.contains(GIVEN_UP))) {
        invoke(sandbox, 1);
        assertThat(System.nanoTime()).as("it never noticed").isLessThan(deadlineNanos);
      }
      server.resume();
      invoke(sandbox, FEW_INVOCATIONS);
      end(sandbox);

      assertThat(ShippedLayer.ledger(sandbox, "retries")).isPositive();
      assertThat(ShippedLayer.ledger(sandbox, "left_behind")).isZero();
    }
  }

  /// The function works regardless of its logs.
  static void invoke(Sandbox sandbox, int times) throws InterruptedException {
    for (int i = 0; i < times; i++) {
      InvocationOutcome outcome = sandbox.invoke("{}");
      assertThat(outcome.succeeded()).as(outcome.toString()).isTrue();
    }
  }

  static void end(Sandbox sandbox) throws InterruptedException {
    assertThat(sandbox.shutdown("spindown").extensions().getFirst().exitCode()).isZero();
  }

  /// All received records were rejected, the function worked, and one line gives the reason.
  final void assertRejected(D server, Map<String, String> wrong, String why) throws Exception {
    ScriptedFunction function = invocation -> invocation.log("a line");
    try (Sandbox sandbox = shipping(server, function).environment(wrong).start()) {
      invoke(sandbox, FEW_INVOCATIONS);
      end(sandbox);

      assertThat(sandbox.extensionOutput()).filteredOn(line -> line.contains(why)).hasSize(1);
      assertThat(sandbox.extensionOutput()).as("and the ledger").hasSize(2);
      assertThat(ShippedLayer.ledger(sandbox, "dropped_rejected"))
          .isEqualTo(ShippedLayer.ledger(sandbox, "received"));
    }
  }
}
