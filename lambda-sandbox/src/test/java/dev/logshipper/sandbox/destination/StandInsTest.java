package dev.logshipper.sandbox.destination;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.logshipper.sandbox.destination.firehose.FirehoseDestination;
import dev.logshipper.sandbox.destination.loki.LokiDestination;
import dev.logshipper.sandbox.destination.s3.S3Destination;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// The behaviour that all destinations share.
class StandInsTest {

  static Stream<Destination> plain() {
    return Stream.of(
        HttpDestination.start(),
        LokiDestination.start(),
        FirehoseDestination.start("logs"),
        S3Destination.start("logs"));
  }

  static Stream<Destination> secured() {
    return Stream.of(
        LokiDestination.startTls(),
        FirehoseDestination.startTls("logs"),
        S3Destination.startTls("logs"));
  }

  @ParameterizedTest
  @MethodSource("plain")
  void responseIsScriptedAndTheRequestRecorded(Destination opened) throws Exception {
    try (Destination destination = opened;
        Sender sender = new Sender(destination)) {
      destination.respondNext(ScriptedResponse.status(418));

      assertThat(sender.post("x").statusCode()).isEqualTo(418);
      assertThat(destination.awaitRequests(1, Duration.ofSeconds(5))).hasSize(1);
      assertThat(destination.connections()).isEqualTo(1);
      assertThat(destination.bytesReceived()).isPositive();
      assertThat(destination.lines()).isEmpty();
      assertThat(destination.url()).startsWith("http://127.0.0.1:");
      assertThatThrownBy(destination::certificatePem).hasMessage("started without TLS");
    }
  }

  @ParameterizedTest
  @MethodSource("plain")
  void closedConnectionsAreReplaced(Destination opened) throws Exception {
    try (Destination destination = opened;
        Sender sender = new Sender(destination)) {
      destination.respond(ScriptedResponse.ok());
      sender.post("x");

      destination.closeConnections();

      assertThat(sender.post("x").statusCode()).isEqualTo(200);
      assertThat(destination.connections()).isEqualTo(2);
    }
  }

  @ParameterizedTest
  @MethodSource("plain")
  void requestHangsUntilItIsReleased(Destination opened) throws Exception {
    try (Destination destination = opened;
        Sender sender = new Sender(destination)) {
      destination.respondNext(ScriptedResponse.hang());
      var status = sender.postInBackground("x");
      destination.awaitRequests(1, Duration.ofSeconds(5));
      assertThat(status).isNotDone();

      destination.release();

      assertThat(status.get(5, SECONDS)).isEqualTo(200);
    }
  }

  @ParameterizedTest
  @MethodSource("secured")
  void eachServesTls(Destination opened) throws Exception {
    try (Destination destination = opened;
        Sender sender = new Sender(destination, TlsTest.trusting(destination.certificatePem()))) {
      destination.respondNext(ScriptedResponse.status(418));

      assertThat(destination.url()).startsWith("https://127.0.0.1:");
      assertThat(sender.post("x").statusCode()).isEqualTo(418);
    }
  }
}
