package dev.logshipper.layer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.logshipper.sandbox.destination.realservers.Program;
import dev.logshipper.sandbox.destination.realservers.RealFirehose;
import dev.logshipper.sandbox.destination.s3.S3Object;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// Rules for a server with Firehose's API, which delivers at least once: a repetition looks like a
/// new record.
abstract class RealFirehoseContract extends RealDestinationContract<RealFirehose> {
  private static final String STREAM = "logs";

  RealFirehoseContract(Program program) {
    super(program, "kinesis");
  }

  /// A server without a stream.
  abstract RealFirehose startEmpty();

  @Override
  RealFirehose start() {
    RealFirehose server = startEmpty();
    server.createStream(STREAM);
    return server;
  }

  @Override
  Map<String, String> environment(RealFirehose server) {
    return server.environment();
  }

  /// Object by object, in the order of their first records: the server reports no other.
  @Override
  List<StoredRecord> stored(RealFirehose server) {
    return server.objects(STREAM).stream()
        .sorted(Comparator.comparing(RealFirehoseContract::firstTime))
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
    try (RealFirehose server = start()) {
      hangForAWhile(server, function);

      assertThat(StoredRecord.functionLines(stored(server))).containsAll(function.written());
    }
  }

  @Test
  void missingStreamIsReportedOnceAndNoInvocationFails() throws Exception {
    try (RealFirehose server = startEmpty()) {
      assertRejected(server, Map.of(), "there is no");
    }
  }
}
