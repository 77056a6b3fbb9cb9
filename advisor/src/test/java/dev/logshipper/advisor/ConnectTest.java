package dev.logshipper.advisor;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConnectTest {
  private final List<String> bodies = new CopyOnWriteArrayList<>();
  private int status = 200;
  private HttpServer server;

  @TempDir Path folder;

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          bodies.add(new String(exchange.getRequestBody().readAllBytes(), UTF_8));
          exchange.sendResponseHeaders(status, -1);
          exchange.close();
        });
    server.start();
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  private CommandRun doctor(String url, String... options) throws Exception {
    Path file = Files.writeString(folder.resolve("env"), "ED_ENDPOINT=" + url);
    String[] words = new String[3 + options.length];
    words[0] = "doctor";
    words[1] = "--env-file";
    words[2] = file.toString();
    System.arraycopy(options, 0, words, 3, options.length);
    return CommandRun.of(words);
  }

  private String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort() + "/in?key=hunter2";
  }

  @Test
  void connectingSendsNothing() throws Exception {
    CommandRun run = doctor(url(), "--connect");

    assertThat(run.status()).as(run.output()).isZero();
    assertThat(run.output()).contains("ok       http: connected to 127.0.0.1:");
    assertThat(bodies).isEmpty();
  }

  @Test
  void oneTestRecordIsSent() throws Exception {
    CommandRun run = doctor(url(), "--send");

    assertThat(run.status()).as(run.output()).isZero();
    assertThat(run.output()).contains("a test record was accepted").doesNotContain("hunter2");
    assertThat(bodies).hasSize(1).first().asString().contains("a test record of log-shipper");
  }

  @ParameterizedTest
  @CsvSource({
    "401, the token or the password is wrong",
    "403, may not write there",
    "404, correct the path",
    "503, try again later"
  })
  void rejectedRecordIsExplained(int response, String hint) throws Exception {
    status = response;

    CommandRun run = doctor(url(), "--send");

    assertThat(run.status()).isOne();
    assertThat(run.output())
        .contains("the test record was not accepted", Integer.toString(response), hint)
        .doesNotContain("hunter2");
  }

  @Test
  void refusedConnectionIsExplained() throws Exception {
    int port;
    try (ServerSocket unused = new ServerSocket(0)) {
      port = unused.getLocalPort();
    }
    CommandRun run = doctor("https://127.0.0.1:" + port, "--connect");

    assertThat(run.status()).isOne();
    assertThat(run.output()).contains("refuses the connection", "check that the server runs");
  }

  @Test
  void unknownHostIsExplained() throws Exception {
    CommandRun run = doctor("https://no-such-host.invalid", "--connect");

    assertThat(run.output()).contains("there is no host named no-such-host.invalid");
  }

  @Test
  void serverWithoutTlsIsExplained() throws Exception {
    CommandRun run = doctor(url().replace("http:", "https:"), "--connect");

    assertThat(run.status()).isOne();
    assertThat(run.output()).contains("did not complete the TLS handshake");
  }
}
