package dev.logshipper.layer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.logshipper.bundle.BundledSink;
import dev.logshipper.sandbox.InvocationOutcome;
import dev.logshipper.sandbox.Sandbox;
import dev.logshipper.sandbox.SandboxBuilder;
import dev.logshipper.sandbox.destination.Answer;
import dev.logshipper.sandbox.destination.Destination;
import dev.logshipper.sandbox.destination.ServiceDestination;
import dev.logshipper.sandbox.junit.SandboxExtension;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// What holds for each sink that ships, with only the variables of the extension that it replaces.
@ExtendWith(SandboxExtension.class)
class EverySinkIT {
  private static final int INVOCATIONS = 5;
  private static final int LINES = 40;
  private static final Pattern NUMBER = Pattern.compile("seq=(\\d+)");

  private final AtomicInteger lastNumber = new AtomicInteger();

  static Stream<Named<BundledSink>> sinks() {
    return BundledSink.ALL.stream().map(sink -> Named.of(sink.mode(), sink));
  }

  @ParameterizedTest
  @MethodSource("sinks")
  void everyLineArrivesOnceInOrder(BundledSink sink) throws Exception {
    try (Destination destination = sink.plain().get();
        Sandbox sandbox = shipping(sink, destination).start()) {
      invoke(sandbox, INVOCATIONS);
      end(sandbox);

      assertThat(numbers(destination)).isEqualTo(written());
      assertThat(sandbox.extensionOutput()).as("what it said").hasSize(1);
      assertThat(ShippedLayer.ledger(sandbox, "delivered"))
          .isEqualTo(ShippedLayer.ledger(sandbox, "received"));
    }
  }

  @ParameterizedTest
  @MethodSource("sinks")
  void whatADestinationRefusedForAWhileArrivesAfterwards(BundledSink sink) throws Exception {
    try (Destination destination = sink.plain().get();
        Sandbox sandbox = shipping(sink, destination).start()) {
      destination.answer(Answer.status(503));
      invoke(sandbox, INVOCATIONS);
      recover(destination);
      invoke(sandbox, INVOCATIONS);
      end(sandbox);

      assertThat(numbers(destination)).isEqualTo(written());
    }
  }

  @ParameterizedTest
  @MethodSource("sinks")
  void connectionsThatDieInAFreezeAreNoFailure(BundledSink sink) throws Exception {
    try (Destination destination = sink.plain().get();
        Sandbox sandbox = shipping(sink, destination).environment("PUSHER_FLUSH", "end").start()) {
      invoke(sandbox, 1);
      destination.closeConnections();
      invoke(sandbox, 1);
      end(sandbox);

      assertThat(numbers(destination)).isEqualTo(written());
      assertThat(ShippedLayer.ledger(sandbox, "retries")).isZero();
    }
  }

  @ParameterizedTest
  @MethodSource("sinks")
  void aDestinationThatNeverAnswersFailsNoInvocation(BundledSink sink) throws Exception {
    try (Destination destination = sink.plain().get();
        Sandbox sandbox = shipping(sink, destination).timeoutMillis(3_000).start()) {
      destination.answer(Answer.hang());
      invoke(sandbox, INVOCATIONS);
      end(sandbox);

      assertThat(ShippedLayer.ledger(sandbox, "left_behind"))
          .isEqualTo(ShippedLayer.ledger(sandbox, "received"));
    }
  }

  @ParameterizedTest
  @MethodSource("sinks")
  void aDeadDestinationCostsTheOtherSinksNothing(BundledSink sink) throws Exception {
    BundledSink other = BundledSink.ALL.get(sink.mode().equals("http") ? 1 : 0);
    try (Destination dead = other.plain().get();
        Destination destination = sink.plain().get();
        Sandbox sandbox =
            shipping(sink, destination)
                .environment(other.environment(dead.url()))
                .environment("PUSHER_MODE", other.mode() + "," + sink.mode())
                .start()) {
      dead.answer(Answer.resetBeforeBody());
      invoke(sandbox, INVOCATIONS);
      end(sandbox);

      assertThat(numbers(destination)).isEqualTo(written());
    }
  }

  private SandboxBuilder shipping(BundledSink sink, Destination destination) {
    return ShippedLayer.shippingTo(sink, destination)
        .function(invocation -> {
          for (int line = 0; line < LINES; line++) {
            invocation.log("line seq=" + lastNumber.incrementAndGet() + " ü \"quoted\"");
          }
        });
  }

  private static void invoke(Sandbox sandbox, int times) throws InterruptedException {
    for (int i = 0; i < times; i++) {
      InvocationOutcome outcome = sandbox.invoke("{}");
      assertThat(outcome.succeeded()).as(outcome.toString()).isTrue();
    }
  }

  private static void end(Sandbox sandbox) throws InterruptedException {
    assertThat(sandbox.shutdown("spindown").extensions().getFirst().exitCode()).isZero();
  }

  private static void recover(Destination destination) {
    destination.answer(
        destination instanceof ServiceDestination service
            ? service.judged(reply -> reply)
            : Answer.ok());
  }

  private List<Integer> written() {
    return IntStream.rangeClosed(1, lastNumber.get()).boxed().toList();
  }

  private static List<Integer> numbers(Destination destination) {
    List<Integer> numbers = new ArrayList<>();
    for (String line : destination.lines()) {
      Matcher number = NUMBER.matcher(line);
      if (number.find()) {
        numbers.add(Integer.valueOf(number.group(1)));
      }
    }
    return numbers;
  }
}
