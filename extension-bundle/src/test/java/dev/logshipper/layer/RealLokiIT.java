package dev.logshipper.layer;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.logshipper.sandbox.destination.loki.LokiBehaviour;
import dev.logshipper.sandbox.destination.loki.LokiEntry;
import dev.logshipper.sandbox.destination.loki.LokiStream;
import dev.logshipper.sandbox.destination.realservers.Program;
import dev.logshipper.sandbox.destination.realservers.RealLoki;
import dev.logshipper.sandbox.environment.Sandbox;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RealLokiIT extends ExactlyOnceContract<RealLoki> {
  private static final int LINE_BYTES_MAX = 262_144;
  private static final int CHARACTER_BYTES_MAX = 4;

  RealLokiIT() {
    super(Program.LOKI, "loki");
  }

  @Override
  RealLoki start() {
    return RealLoki.start();
  }

  @Override
  Map<String, String> environment(RealLoki server) {
    return Map.of();
  }

  @Override
  List<StoredRecord> stored(RealLoki server) {
    return stored(server.streams());
  }

  private static List<StoredRecord> stored(List<LokiStream> streams) {
    List<StoredRecord> records = new ArrayList<>();
    for (LokiStream stream : streams) {
      String type = String.valueOf(stream.labels().get("lambda"));
      StringBuilder line = new StringBuilder();
      for (String piece : inOrder(stream)) {
        line.append(piece);
        if (piece.getBytes(UTF_8).length <= LINE_BYTES_MAX - CHARACTER_BYTES_MAX) {
          records.add(new StoredRecord(type, line.toString()));
          line.setLength(0);
        }
      }
    }
    return records;
  }

  private static List<String> inOrder(LokiStream stream) {
    return stream.entries().stream()
        .sorted(Comparator.comparingLong(LokiEntry::nanos))
        .map(LokiEntry::line)
        .toList();
  }

  @Override
  List<String> expectedWords() {
    return List.of("log-shipper: loki: lines over Loki's limit are split into several");
  }

  @Test
  void serverThatRejectsStructuredMetadataGetsAllLinesWithoutIt() throws Exception {
    AwkwardLines function = new AwkwardLines();
    try (RealLoki server = RealLoki.start(LokiBehaviour.standard().withoutStructuredMetadata());
        Sandbox sandbox = shipping(server, function).start()) {
      invoke(sandbox, 5);
      end(sandbox);

      assertStored(server, function);
      assertThat(sandbox.extensionOutput())
          .filteredOn(line -> line.contains("structured metadata"))
          .hasSize(1);
      assertThat(ShippedLayer.ledger(sandbox, "delivered"))
          .isEqualTo(ShippedLayer.ledger(sandbox, "received"));
    }
  }

  @Test
  void serverWithTenantsStoresForTheNamedTenant() throws Exception {
    AwkwardLines function = new AwkwardLines();
    try (RealLoki server = RealLoki.start(LokiBehaviour.standard().withTenants());
        Sandbox sandbox =
            shipping(server, function).environment("PUSHER_LOKI_TENANT", "shop").start()) {
      invoke(sandbox, 5);
      end(sandbox);

      assertThat(StoredRecord.functionLines(stored(server.streams("shop"))))
          .containsExactlyElementsOf(function.written());
    }
  }

  @Test
  void serverWithTenantsRejectsRequestsWithoutOne() throws Exception {
    try (RealLoki server = RealLoki.start(LokiBehaviour.standard().withTenants())) {
      assertRejected(server, Map.of(), "401");
    }
  }
}
