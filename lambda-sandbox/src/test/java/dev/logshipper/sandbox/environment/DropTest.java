package dev.logshipper.sandbox.environment;

import static org.assertj.core.api.Assertions.assertThat;

import dev.logshipper.sandbox.environment.telemetry.DroppedEvent;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// Events that the platform drops because a subscriber is too slow.
class DropTest extends SubscribedTestBase {
  private static final int LINES = 2_000;

  DropTest() throws IOException {}

  @Test
  void eachLineIsDeliveredOrReportedAsDropped() throws Exception {
    try (Sandbox sandbox = flooded().start()) {
      assertThat(sandbox.invoke("{}").succeeded()).isTrue();
      List<String> dropped = lines(sandbox.dropped());
      sandbox.thaw();
      assertThat(sandbox.deliverNow(5_000)).isTrue();

      assertThat(dropped).isNotEmpty();
      List<String> all = new ArrayList<>(dropped);
      receiver.events("function").forEach(event -> all.add(event.path("record").asText()));
      assertThat(all).containsExactlyInAnyOrderElementsOf(written());
    }
  }

  @Test
  void subscriberGetsTheNumberOfDropsEvenWhileItsBufferIsFull() throws Exception {
    try (Sandbox sandbox = flooded().start()) {
      for (int i = 0; i < 5; i++) {
        assertThat(sandbox.invoke("{}").succeeded()).isTrue();
      }
      sandbox.thaw();
      assertThat(sandbox.deliverNow(5_000)).isTrue();

      receiver.await(each -> reported() == sandbox.dropped().size());
    }
  }

  private SandboxBuilder flooded() {
    return subscribed()
        .telemetry(TelemetryBehaviour.standard().bufferBytesMax(10_000))
        .function(each -> written().forEach(each::log));
  }

  private int reported() {
    return receiver.events("platform.logsDropped").stream()
        .mapToInt(event -> event.path("record").path("droppedRecords").asInt())
        .sum();
  }

  private static List<String> lines(List<DroppedEvent> dropped) {
    return dropped.stream()
        .filter(event -> event.type().equals("function"))
        .map(event -> event.json().replaceAll(".*\"(line \\d+)\".*", "$1"))
        .toList();
  }

  private static List<String> written() {
    return IntStream.range(0, LINES).mapToObj(number -> "line " + number).toList();
  }
}
