package dev.logshipper.client.http;

import static dev.logshipper.client.http.ClientFixture.in;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.logshipper.sink.SendResult;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// A server sends a response that belongs to no request on the first connection. All others work.
@Timeout(30)
class ConnectionReuseTest {
  private static final String OK = "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n";

  private final CountDownLatch strayed = new CountDownLatch(1);
  private final List<String> bodies = new CopyOnWriteArrayList<>();
  private final List<Socket> sockets = new CopyOnWriteArrayList<>();
  private ServerSocket listener;
  private String first = OK;
  private long strayMillis = 50;
  private boolean strayAlways;
  private String stray = "HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n";

  @BeforeEach
  void start() throws IOException {
    listener = new ServerSocket(0, 5, InetAddress.ofLiteral("127.0.0.1"));
    Thread.ofPlatform().daemon().start(this::accept);
  }

  @AfterEach
  void stop() throws IOException {
    listener.close();
    for (Socket socket : sockets) {
      socket.close();
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {0, 50})
  void strayResponseIsNotReadAsTheNextOne(long millisLater) throws Exception {
    strayMillis = millisLater;
    try (ClientFixture http = new ClientFixture(url())) {
      assertThat(http.send("1", "a", in(5_000))).isEqualTo(SendResult.DELIVERED);
      strayed.await();

      assertThat(http.send("2", "b", in(5_000))).isEqualTo(SendResult.DELIVERED);
      assertThat(sockets).hasSize(2);
    }
  }

  @Test
  void nothingIsSentOnAConnectionWithAStrayResponse() throws Exception {
    try (ClientFixture http = new ClientFixture(url())) {
      http.send("1", "a", in(5_000));
      strayed.await();
      http.send("2", "b", in(5_000));

      assertThat(bodies).containsExactly("a", "b");
    }
  }

  @Test
  void serverThatAlwaysSendsStraysGetsOneRequestTwice() throws Exception {
    strayAlways = true;
    strayMillis = 0;
    try (ClientFixture http = new ClientFixture(url())) {
      for (String body : List.of("a", "b", "c", "d")) {
        assertThat(http.send(body, body, in(5_000))).isEqualTo(SendResult.DELIVERED);
      }

      assertThat(bodies).containsExactly("a", "b", "b", "c", "d");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"413 Content Too Large", "301 Moved", "429 Slow Down", "500 Error"})
  void connectionOnWhichARequestWasRejectedIsNotReused(String status) throws Exception {
    first = "HTTP/1.1 " + status + "\r\nContent-Length: 0\r\n\r\n";
    stray = "";
    try (ClientFixture http = new ClientFixture(url())) {
      http.send("1", "a", in(5_000));

      assertThat(http.send("2", "b", in(5_000))).isEqualTo(SendResult.DELIVERED);
      assertThat(sockets).hasSize(2);
    }
  }

  @Test
  void responseBeforeTheBodyIsReadCountsAndItsConnectionIsNotReused() throws Exception {
    first = "HTTP/1.1 413 Content Too Large\r\nContent-Length: 0\r\n\r\n";
    try (ClientFixture http = new ClientFixture(url())) {
      PostResult result = http.post("1", "early " + "x".repeat(200_000), in(5_000));
      SendResult next = http.send("2", "b", in(5_000));

      assertThat(((PostResult.Response) result).status()).isEqualTo(413);
      assertThat(next).isEqualTo(SendResult.DELIVERED);
    }
  }

  private String url() {
    return "http://127.0.0.1:" + listener.getLocalPort() + "/";
  }

  private void accept() {
    try {
      while (true) {
        Socket socket = listener.accept();
        sockets.add(socket);
        boolean isFirst = strayAlways || sockets.size() == 1;
        Thread.ofPlatform().daemon().start(() -> serve(socket, isFirst));
      }
    } catch (IOException _) {
      // Closed.
    }
  }

  private void serve(Socket socket, boolean isFirst) {
    try {
      InputStream in = new BufferedInputStream(socket.getInputStream());
      OutputStream out = socket.getOutputStream();
      while (true) {
        bodies.add(readRequest(in));
        if (!isFirst) {
          out.write(OK.getBytes(UTF_8));
        } else if (strayMillis == 0) {
          out.write((first + stray).getBytes(UTF_8));
          strayed.countDown();
        } else {
          out.write(first.getBytes(UTF_8));
          Thread.sleep(strayMillis);
          out.write(stray.getBytes(UTF_8));
          strayed.countDown();
        }
      }
    } catch (IOException | InterruptedException _) {
      // Closed.
    }
  }

  /// A body that begins with "early" is not read to its end.
  private static String readRequest(InputStream in) throws IOException {
    StringBuilder head = new StringBuilder();
    while (head.indexOf("\r\n\r\n") < 0) {
      int next = in.read();
      if (next < 0) {
        throw new IOException("closed");
      }
      head.append((char) next);
    }
    int at = head.indexOf("Content-Length: ") + "Content-Length: ".length();
    int length = Integer.parseInt(head.substring(at, head.indexOf("\r\n", at)));
    return new String(in.readNBytes(Math.min(length, 100_000)), UTF_8);
  }
}
