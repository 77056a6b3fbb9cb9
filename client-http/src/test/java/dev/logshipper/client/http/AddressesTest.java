package dev.logshipper.client.http;

import static dev.logshipper.client.http.ClientFixture.in;
import static org.assertj.core.api.Assertions.assertThat;

import dev.logshipper.sandbox.destination.HttpDestination;
import dev.logshipper.sink.SendResult;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// A name with several addresses, of which only 127.0.0.1 has the server.
@Timeout(30)
class AddressesTest {
  private final HttpDestination server = HttpDestination.start();
  private final int port = URI.create(server.url()).getPort();

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void addressThatRejectsConnectionsIsSkipped() throws Exception {
    assertThat(sendTo("127.0.0.2", "127.0.0.1")).isEqualTo(SendResult.DELIVERED);
  }

  @Test
  void silentAddressIsSkippedWithinTheAttempt() throws Exception {
    List<Socket> queued = new ArrayList<>();
    try (ServerSocket silent = new ServerSocket(port, 1, InetAddress.ofLiteral("127.0.0.2"))) {
      fillQueue(silent, queued);

      assertThat(sendTo("127.0.0.2", "127.0.0.1")).isEqualTo(SendResult.DELIVERED);
    } finally {
      for (Socket socket : queued) {
        socket.close();
      }
    }
  }

  private SendResult sendTo(String... addresses) throws InterruptedException {
    List<InetAddress> resolved = new ArrayList<>();
    for (String address : addresses) {
      resolved.add(InetAddress.ofLiteral(address));
    }
    try (ClientFixture http =
        new ClientFixture(_ -> resolved, 0, "http://logs.test:" + port + "/")) {
      return http.send(in(4_000));
    }
  }

  /// Further attempts to connect are dropped without a word.
  private static void fillQueue(ServerSocket listener, List<Socket> queued) throws IOException {
    try {
      while (true) {
        Socket socket = new Socket();
        queued.add(socket);
        socket.connect(
            new InetSocketAddress(listener.getInetAddress(), listener.getLocalPort()), 100);
      }
    } catch (SocketTimeoutException _) {
      // The queue is full.
    }
  }
}
