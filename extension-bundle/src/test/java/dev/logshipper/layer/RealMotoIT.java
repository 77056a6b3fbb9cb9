package dev.logshipper.layer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.logshipper.sandbox.destination.realservers.Program;
import dev.logshipper.sandbox.destination.realservers.RealMoto;
import dev.logshipper.sandbox.destination.s3.S3Object;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// Firehose, which delivers at least once: a repetition looks like a new record.
class RealMotoIT extends RealDestinationContract<RealMoto> {
  private static final String STREAM = "logs";

  RealMotoIT() {
    super(Program.MOTO, "kinesis");
  }

  @Override
  RealMoto start() {
    RealMoto server = RealMoto.start();
    server.createStream(STREAM);
    return server;
  }

  @Override
  Map<String, String> environment(RealMoto server) {
    return server.environment();
  }

  /// Object by object, in the order of their first records: the server reports no other.
  @Override
  List<StoredRecord> stored(RealMoto server) {
    return server.objects(STREAM).stream()
        .sorted(Comparator.comparing(RealMotoIT::firstTime))
        .flatMap(object -> object.lines().stream())
        .map(line -> StoredRecord.ofJson(line, "log_type", "message"))
        .toList();
  }

  private static String firstTime(S3Object object) {
    return StoredRecord.json(object.lines().getFirst()).path("timestamp").asText();
  }

  @Test
  void nothingIsLostAfterAHang() throws Exception {
    AwkwardLines function = new AwkwardLines();
    try (RealMoto server = start()) {
      hangForAWhile(server, function);

      assertThat(StoredRecord.functionLines(stored(server))).containsAll(function.written());
    }
  }

  @Test
  void missingStreamIsReportedOnceAndNoInvocationFails() throws Exception {
    try (RealMoto server = RealMoto.start()) {
      assertRejected(server, Map.of(), "there is no");
    }
  }
}
