package dev.logshipper.tls;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.logshipper.testkit.TlsKind;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/// The end of a connection that another thread uses.
@SuppressWarnings("try") // closes while another thread uses it
@ParameterizedClass
@EnumSource(TlsKind.class)
@Timeout(60)
class TlsCloseTest {
  private final TlsClient client;

  TlsCloseTest(TlsKind kind) {
    client = new TlsClient(kind);
  }

  @Test
  void closeEndsARead() throws Exception {
    try (TlsServer server = TlsServer.start(TlsServer.ECHO);
        SSLSocket socket = client.connect(server)) {
      socket.startHandshake();
      Background<Integer> reading = Background.call(() -> socket.getInputStream().read());
      reading.awaitBlocked();
      socket.close();

      if (client.kind() == TlsKind.NATIVE) { // the JDK may see an end
        assertThatThrownBy(reading::get).hasCauseInstanceOf(IOException.class);
      }
      assertThatThrownBy(() -> socket.getInputStream().read()).isInstanceOf(IOException.class);
      assertThatThrownBy(() -> socket.getOutputStream().write(1)).isInstanceOf(IOException.class);
      socket.close();
    }
  }

  @Test
  void closeOfTheTcpSocketEndsAWrite() throws Exception {
    CountDownLatch done = new CountDownLatch(1);
    try (TlsServer server =
            TlsServer.start(socket -> {
              socket.startHandshake();
              Background.await(done);
            });
        Socket tcp = new Socket(InetAddress.getLoopbackAddress(), server.port());
        SSLSocket socket = client.connect(tcp, "localhost")) {
      socket.startHandshake();
      Background<Void> writing =
          Background.run(() -> socket.getOutputStream().write(new byte[50_000_000]));
      writing.awaitBlocked();
      tcp.close();

      assertThatThrownBy(() -> writing.get(10, TimeUnit.SECONDS))
          .hasCauseInstanceOf(IOException.class);
    } finally {
      done.countDown();
    }
  }

  @Test
  void closeEndsAHandshake() throws Exception {
    try (ServerSocket silent = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        SSLSocket socket = client.connect("localhost", silent.getLocalPort())) {
      Background<Void> shaking = Background.run(socket::startHandshake);
      shaking.awaitBlocked();
      if (client.kind() == TlsKind.NATIVE) {
        socket.close();
      } else {
        silent.close();
      }

      assertThatThrownBy(() -> shaking.get(10, TimeUnit.SECONDS))
          .hasCauseInstanceOf(IOException.class);
    }
  }
}
