package dev.logshipper.sandbox.destination;

import static dev.logshipper.sandbox.destination.Sender.PATIENCE;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.logshipper.sandbox.destination.s3.S3Destination;
import java.net.ConnectException;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/// Connections that a destination stalls, rejects or ignores.
class ReceptionTest {
  private static final Duration SHORT = Duration.ofMillis(300);

  @Test
  void stalledConnectionIsServedWhenConnectionsAreAcceptedAgain() throws Exception {
    try (HttpDestination destination = HttpDestination.start();
        Sender sender = new Sender(destination)) {
      destination.stallConnections();
      CompletableFuture<Integer> status = sender.postInBackground("1\n");
      await().until(() -> destination.connections() == 1);
      assertThatThrownBy(() -> sender.post("2\n", SHORT)).isInstanceOf(HttpTimeoutException.class);
      assertThat(destination.requests()).isEmpty();
      assertThat(destination.bytesReceived()).isZero();

      destination.acceptConnections();

      assertThat(status.get(PATIENCE.toSeconds(), SECONDS)).isEqualTo(200);
      assertThat(destination.awaitLines(1, PATIENCE)).contains("1");
    }
  }

  @Test
  void stalledTlsHandshakeGetsNoResponseUntilThen() throws Exception {
    try (S3Destination destination = S3Destination.startTls("logs");
        Sender sender = new Sender(destination, TlsTest.trusting(destination.certificatePem()))) {
      destination.stallConnections();
      CompletableFuture<Integer> status = sender.postInBackground("1\n");
      await().until(() -> destination.connections() == 1);
      assertThat(status).isNotDone();

      destination.acceptConnections();

      assertThat(status.get(PATIENCE.toSeconds(), SECONDS)).isEqualTo(403);
    }
  }

  @Test
  void existingConnectionGoesOnUnlessItIsClosed() throws Exception {
    try (HttpDestination destination = HttpDestination.start();
        Sender sender = new Sender(destination)) {
      sender.post("1\n");
      destination.refuseConnections();

      assertThat(sender.post("2\n").statusCode()).isEqualTo(200);

      destination.closeConnections();
      assertThatThrownBy(() -> sender.post("3\n")).isInstanceOf(ConnectException.class);
      assertThat(destination.lines()).containsExactly("1", "2");
    }
  }

  @Test
  void rejectingPortAcceptsAgainAtTheSameAddress() throws Exception {
    try (HttpDestination destination = HttpDestination.start();
        Sender sender = new Sender(destination)) {
      String url = destination.url();
      for (int outage = 0; outage < 3; outage++) {
        destination.refuseConnections();
        assertThatThrownBy(() -> sender.post("1\n")).isInstanceOf(ConnectException.class);
        destination.acceptConnections();
        assertThat(sender.post("1\n").statusCode()).isEqualTo(200);
        destination.closeConnections();
      }
      assertThat(destination.url()).isEqualTo(url);
      assertThat(destination.lines()).hasSize(3);
    }
  }

  @Test
  void ignoredSenderCanConnectAfterwards() throws Exception {
    try (HttpDestination destination = HttpDestination.start();
        Sender sender = new Sender(destination)) {
      destination.ignoreConnections();
      assertThatThrownBy(() -> sender.post("1\n", SHORT))
          .isInstanceOf(HttpConnectTimeoutException.class);
      assertThat(destination.connections()).isZero();

      destination.acceptConnections();

      assertThat(sender.post("1\n").statusCode()).isEqualTo(200);
      assertThat(destination.connections()).isEqualTo(1);
    }
  }

  @Test
  void destinationCanBeClosedInAnyState() {
    try (HttpDestination stalling = HttpDestination.start();
        HttpDestination rejecting = HttpDestination.start();
        HttpDestination ignoring = HttpDestination.start()) {
      stalling.stallConnections();
      rejecting.refuseConnections();
      ignoring.ignoreConnections();
    }
  }
}
