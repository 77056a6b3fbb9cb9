package dev.logshipper.format.edgedelta;

import static dev.logshipper.format.edgedelta.FormatFixture.batch;
import static dev.logshipper.format.edgedelta.FormatFixture.line;
import static dev.logshipper.format.edgedelta.FormatFixture.soon;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.logshipper.sink.Deadline;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/// The endpoint of the look-up, and the cost of a peer that is not the Lambda API.
class LookupPeersTest {
  private final ByteArrayOutputStream output = new ByteArrayOutputStream();
  private final Map<String, String> environment =
      new HashMap<>(
          Map.of(
              "ED_FORWARD_LAMBDA_TAGS", "true",
              "AWS_ACCESS_KEY_ID", "AKIDEXAMPLE",
              "AWS_SECRET_ACCESS_KEY", "hush-hush"));

  @Test
  void silentEndpointCostsHalfOfTheTimeLeft() throws Exception {
    try (ServerSocket silent = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      environment.put("AWS_ENDPOINT_URL_LAMBDA", "http://localhost:" + silent.getLocalPort());
      Deadline deadline = Deadline.after(Duration.ofMillis(600), System::nanoTime);

      encoder().begin(batch("b", line("x")), deadline);

      assertThat(deadline.remaining()).isGreaterThan(Duration.ofMillis(100));
      assertThat(output.toString(UTF_8)).contains("GetFunction timed out");
    }
  }

  @Test
  void tricklingEndpointCostsHalfOfTheTimeLeft() throws Exception {
    CountDownLatch over = new CountDownLatch(1);
    try (ServerSocket trickling = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      Thread server = Thread.ofPlatform().start(() -> trickle(trickling, over));
      environment.put("AWS_ENDPOINT_URL_LAMBDA", "http://localhost:" + trickling.getLocalPort());
      Deadline deadline = Deadline.after(Duration.ofMillis(600), System::nanoTime);

      encoder().begin(batch("b", line("x")), deadline);

      assertThat(deadline.remaining()).isGreaterThan(Duration.ofMillis(100));
      assertThat(output.toString(UTF_8)).contains("GetFunction timed out");
      over.countDown();
      server.join();
    }
  }

  private static void trickle(ServerSocket listener, CountDownLatch over) {
    try (Socket peer = listener.accept()) {
      peer.getOutputStream()
          .write("HTTP/1.1 200 OK\r\nContent-Length: 9999\r\n\r\n".getBytes(UTF_8));
      while (!over.await(10, TimeUnit.MILLISECONDS)) {
        peer.getOutputStream().write(' ');
      }
    } catch (IOException | InterruptedException _) {
      // The other side hung up, as it should.
    }
  }

  @Test
  void interruptEndsTheWaitAndTheNextSendRetries() throws Exception {
    try (ServerSocket silent = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      environment.put("AWS_ENDPOINT_URL_LAMBDA", "http://localhost:" + silent.getLocalPort());
      NdjsonEncoder encoder = encoder();
      AtomicReference<Throwable> thrown = new AtomicReference<>();
      CountDownLatch ended = new CountDownLatch(1);
      Thread sender =
          new Thread(() -> {
            try {
              encoder.begin(batch("b", line("x")), soon());
            } catch (InterruptedException e) {
              thrown.set(e);
            }
            ended.countDown();
          });
      sender.start();
      try (Socket asking = silent.accept()) {
        sender.interrupt();
        ended.await();

        assertThat(asking.isConnected()).isTrue();
        assertThat(thrown.get()).isInstanceOf(InterruptedException.class);
        assertThat(output.size()).isZero();
      }
    }
  }

  @Test
  void unreadResponseClosesItsConnection() throws Exception {
    try (ServerSocket denying = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      environment.put("AWS_ENDPOINT_URL_LAMBDA", "http://localhost:" + denying.getLocalPort());
      CompletableFuture<Boolean> closed = CompletableFuture.supplyAsync(() -> deny(denying));

      encoder().begin(batch("b", line("x")), soon());

      assertThat(closed.get(20, TimeUnit.SECONDS)).isTrue();
    }
  }

  /// Responds to one request with a body that the client does not read to its end.
  ///
  /// @return whether the client closes the connection nevertheless
  private static boolean deny(ServerSocket listener) {
    try (Socket peer = listener.accept()) {
      peer.setSoTimeout(10_000);
      peer.getOutputStream()
          .write("HTTP/1.1 403 Forbidden\r\nContent-Length: 9999999\r\n\r\nnot".getBytes(UTF_8));
      return peer.getInputStream().readAllBytes().length > 0;
    } catch (IOException _) {
      return false;
    }
  }

  private NdjsonEncoder encoder() {
    return NdjsonEncoder.enriched(FormatFixture.context(environment, output));
  }
}
