package dev.logshipper.layer;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.logshipper.bundle.BundledSink;
import dev.logshipper.bundle.UnpackedLayer;
import dev.logshipper.sandbox.destination.Destination;
import dev.logshipper.sandbox.destination.ReceivedRequest;
import dev.logshipper.sandbox.destination.ScriptedResponse;
import dev.logshipper.sandbox.destination.ServiceDestination;
import dev.logshipper.sandbox.environment.InvocationOutcome;
import dev.logshipper.sandbox.environment.Sandbox;
import dev.logshipper.sandbox.environment.SandboxBuilder;
import dev.logshipper.sandbox.environment.junit.SandboxExtension;
import java.io.BufferedReader;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Hours in a freeze. Lambda's monotonic clock advances meanwhile, so that every deadline and
/// backoff has expired at the thaw.
@ExtendWith(SandboxExtension.class)
class ClockJumpIT {
  private static final Duration FREEZE = Duration.ofHours(5);
  private static final Duration DAYS = Duration.ofDays(10);
  private static final Duration LATE = Duration.ofSeconds(2);
  private static final Duration SOON = Duration.ofSeconds(10);
  private static final int INVOCATIONS = 3;
  private static final int LINES = 20;
  private static final int ONE_HOUR_SECONDS = 3_600;

  /// Both of the thaw and the invocation's own, and each once more when its outcome is unknown.
  private static final int REQUESTS_AFTER_THAW_MAX = 4;

  @TempDir Path folder;
  private final NumberedLines function = new NumberedLines(LINES);
  private @Nullable MovableClocks clocks;

  static Stream<Named<BundledSink>> sinks() {
    return BundledSink.ALL.stream().map(sink -> Named.of(sink.mode(), sink));
  }

  @BeforeEach
  void compile() throws Exception {
    clocks = MovableClocks.compiledIn(folder);
  }

  @Test
  void waitsOfAJavaProgramEndWhenItsClocksAreMoved() throws Exception {
    ProcessBuilder program =
        new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin/java").toString(),
            "-cp",
            System.getProperty("java.class.path"),
            HourLongBackoffs.class.getName());
    program.environment().putAll(clocks().variables());
    Process waits = program.redirectErrorStream(true).start();
    try (BufferedReader output = waits.inputReader(UTF_8)) {
      // Repeated, because the start of a thread's wait cannot be observed from outside.
      await()
          .atMost(SOON)
          .until(() -> {
            clocks().advance(FREEZE);
            return !waits.isAlive();
          });

      assertThat(output.lines())
          .containsExactlyInAnyOrder(
              "sleep true true", "park true true", "schedule true true", "accept true true");
    } finally {
      waits.destroyForcibly();
    }
  }

  @ParameterizedTest
  @MethodSource("sinks")
  void betweenInvocations(BundledSink sink) throws Exception {
    try (Destination destination = sink.plain().get();
        Sandbox sandbox = shipping(sink, destination).start()) {
      for (int i = 0; i < INVOCATIONS; i++) {
        invoke(sandbox);
        clocks().advance(FREEZE);
      }
      end(sandbox);

      assertThat(NumberedLines.storedIn(destination)).isEqualTo(function.written());
      assertThat(destination.requests()).hasSizeLessThanOrEqualTo(INVOCATIONS + 1);
    }
  }

  @ParameterizedTest
  @MethodSource("sinks")
  void betweenASnapshotAndItsRestore(BundledSink sink) throws Exception {
    try (Destination destination = sink.plain().get();
        Sandbox sandbox = shipping(sink, destination).snapStart(true).start()) {
      destination.closeConnections();
      clocks().advance(DAYS);
      sandbox.restore();
      invoke(sandbox);
      clocks().advance(FREEZE);

      assertGoesOn(sandbox, destination);
    }
  }

  /// The response arrives during the freeze: at the thaw it can be read, but the deadline has
  /// passed, too.
  @ParameterizedTest
  @MethodSource("sinks")
  void duringASend(BundledSink sink) throws Exception {
    try (Destination destination = sink.plain().get();
        Sandbox sandbox =
            shipping(sink, destination).environment("PUSHER_MAX_HOLD_MS", "700").start()) {
      destination.respondNext(handled(destination, response -> response.after(LATE)));
      invoke(sandbox);
      assertThat(destination.requests()).noneMatch(ReceivedRequest::responded);
      clocks().advance(FREEZE);
      await().atMost(SOON).until(() -> destination.requests().getFirst().responded());

      assertGoesOn(sandbox, destination);
    }
  }

  @ParameterizedTest
  @MethodSource("sinks")
  void duringASendWithoutAResponse(BundledSink sink) throws Exception {
    try (Destination destination = sink.plain().get();
        Sandbox sandbox =
            shipping(sink, destination).environment("PUSHER_MAX_HOLD_MS", "700").start()) {
      destination.respondNext(ScriptedResponse.hang());
      invoke(sandbox);
      assertThat(destination.requests()).hasSize(1);
      clocks().advance(FREEZE);

      assertGoesOn(sandbox, destination);
    }
  }

  @ParameterizedTest
  @MethodSource("sinks")
  void duringABackoff(BundledSink sink) throws Exception {
    try (Destination destination = sink.plain().get();
        Sandbox sandbox = shipping(sink, destination).start()) {
      destination.respond(ScriptedResponse.status(503).retryAfterSeconds(ONE_HOUR_SECONDS));
      for (int i = 0; i < INVOCATIONS; i++) {
        invoke(sandbox);
      }
      assertThat(destination.requests()).as("requests in an hour").hasSize(1);
      destination.respond(stored(destination));
      clocks().advance(FREEZE);

      assertGoesOn(sandbox, destination);
    }
  }

  private void assertGoesOn(Sandbox sandbox, Destination destination) throws Exception {
    int before = destination.requests().size();
    invoke(sandbox);
    end(sandbox);

    assertThat(destination.requests().size() - before)
        .as("requests after the thaw")
        .isLessThanOrEqualTo(REQUESTS_AFTER_THAW_MAX);
    assertThat(NumberedLines.storedIn(destination)).isEqualTo(function.written());
    assertThat(ShippedLayer.ledger(sandbox, "delivered"))
        .isEqualTo(ShippedLayer.ledger(sandbox, "received"));
  }

  private SandboxBuilder shipping(BundledSink sink, Destination destination) throws Exception {
    UnpackedLayer layer = UnpackedLayer.in(folder.resolve("layer"));
    clocks().putInto(layer);
    return ShippedLayer.shippingTo(sink, destination)
        .extensions(layer.extensions())
        .environment(clocks().variables())
        .environment("PUSHER_FLUSH", "end")
        .clock(clocks())
        .function(function);
  }

  private MovableClocks clocks() {
    return Objects.requireNonNull(clocks);
  }

  private static void invoke(Sandbox sandbox) throws InterruptedException {
    InvocationOutcome outcome = sandbox.invoke("{}");
    assertThat(outcome.succeeded()).as(outcome.toString()).isTrue();
  }

  private static void end(Sandbox sandbox) throws InterruptedException {
    assertThat(sandbox.shutdown("spindown").extensions().getFirst().exitCode()).isZero();
  }

  private static ScriptedResponse stored(Destination destination) {
    return handled(destination, response -> response);
  }

  private static ScriptedResponse handled(
      Destination destination, UnaryOperator<ScriptedResponse.Http> then) {
    return destination instanceof ServiceDestination service
        ? service.handled(then::apply)
        : then.apply(ScriptedResponse.ok());
  }
}
