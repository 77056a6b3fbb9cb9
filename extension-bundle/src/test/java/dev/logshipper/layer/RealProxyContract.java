package dev.logshipper.layer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.logshipper.sandbox.destination.ReceivedRequest;
import dev.logshipper.sandbox.destination.realservers.Program;
import dev.logshipper.sandbox.destination.realservers.RealProxy;
import dev.logshipper.sandbox.environment.Sandbox;
import dev.logshipper.sandbox.environment.function.Invocation;
import dev.logshipper.sandbox.environment.function.ScriptedFunction;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/// Rules for a reverse proxy that rejects bodies over 1 MiB, nginx's default, before an origin that
/// recognizes a repeated batch by its id.
abstract class RealProxyContract extends ExactlyOnceContract<RealProxy> {
  private static final long BODY_BYTES_MAX = 1 << 20;

  /// More than the longest line, and less than a body as it is without a 413.
  private static final long SMALL_BODY_BYTES_MAX = 1 << 19;

  private final Program proxy;

  RealProxyContract(Program proxy) {
    super(proxy, "http");
    this.proxy = proxy;
  }

  @Override
  final RealProxy start() {
    return RealProxy.start(proxy, BODY_BYTES_MAX);
  }

  @Override
  final Map<String, String> environment(RealProxy server) {
    return Map.of();
  }

  @Override
  final List<StoredRecord> stored(RealProxy server) {
    Map<String, List<String>> byBatch = new LinkedHashMap<>();
    for (ReceivedRequest request : server.requests()) {
      if (request.acknowledged()) {
        request
            .header("X-Log-Shipper-Batch-Id")
            .ifPresent(id -> byBatch.putIfAbsent(id, request.lines()));
      }
    }
    return byBatch.values().stream()
        .flatMap(List::stream)
        .map(line -> StoredRecord.ofJson(line, "log_type", "message"))
        .toList();
  }

  @Test
  void burstsOverTheLimitArriveWholeAndInOrder() throws Exception {
    BurstsOfJson function = new BurstsOfJson();
    try (RealProxy server = RealProxy.start(proxy, SMALL_BODY_BYTES_MAX);
        Sandbox sandbox = shipping(server, function).start()) {
      invoke(sandbox, BurstsOfJson.PERIOD * 2);
      end(sandbox);

      assertAllStored(server, function);
      assertThat(ShippedLayer.ledger(sandbox, "delivered"))
          .isEqualTo(ShippedLayer.ledger(sandbox, "received"));
    }
  }

  @Test
  void restartDuringABurstLosesNothing() throws Exception {
    BurstsOfJson function = new BurstsOfJson();
    try (RealProxy server = start();
        Sandbox sandbox = shipping(server, function).start()) {
      invoke(sandbox, BurstsOfJson.PERIOD - 1);
      CompletableFuture<Void> restart = CompletableFuture.runAsync(server::restart);
      invoke(sandbox, 1);
      restart.join();
      invoke(sandbox, BurstsOfJson.PERIOD);
      end(sandbox);

      assertAllStored(server, function);
    }
  }

  private void assertAllStored(RealProxy server, BurstsOfJson function) {
    List<String> stored = StoredRecord.functionLines(stored(server));
    assertThat(stored).hasSameSizeAs(function.written);
    assertThat(stored.equals(function.written)).as("in the order of writing").isTrue();
  }

  /// A function that logs events as JSON text in JSON, whose quotes a destination's encoder doubles
  /// twice: 20 lines per invocation, with equal ones among them, and 3,000 in the last of each
  /// period.
  private static final class BurstsOfJson implements ScriptedFunction {
    private static final int PERIOD = 5;
    private static final int FEW_LINES = 20;
    private static final int MANY_LINES = 3_000;
    private static final int EQUAL_LINES = 4;
    private static final String EVENT =
        "{\"Records\":[{\"body\":\""
            + "{\\\"order\\\":\\\"17\\\",\\\"state\\\":\\\"paid\\\"},".repeat(10)
            + "\"}],\"number\":%d}";

    private final List<String> written = new ArrayList<>();
    private int invocations;

    @Override
    public void handle(Invocation invocation) {
      invocations++;
      int lines = invocations % PERIOD == 0 ? MANY_LINES : FEW_LINES;
      for (int i = 0; i < lines; i++) {
        String line = EVENT.formatted(invocations * MANY_LINES + i / EQUAL_LINES);
        written.add(StoredRecord.shown(line));
        invocation.log(line);
      }
    }
  }
}
