package dev.logshipper.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.logshipper.testkit.TlsKind;
import java.io.DataInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.FutureTask;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class JdkSocketFactoryTest {
  @BeforeEach
  void choose() {
    TlsKind.JDK.choose();
  }

  @Test
  void firstHandshakeHasOneKeyShare() throws Exception {
    try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      FutureTask<Integer> length = inBackground(() -> helloBytes(server));
      LazyTrustManager trusted = LazyTrustManager.ofJvm(List.of());
      assertThatThrownBy(() -> handshake(trusted, server)).isInstanceOf(IOException.class);
      int first = length.get();

      FutureTask<Integer> second = inBackground(() -> helloBytes(server));
      assertThatThrownBy(() -> handshake(trusted, server)).isInstanceOf(IOException.class);

      // A share on P-256 is 65 bytes and 4 for its group and length; the other groups have two.
      assertThat(second.get() - first).isGreaterThanOrEqualTo(69);
    }
  }

  private static int helloBytes(ServerSocket server) throws IOException {
    try (Socket accepted = server.accept()) {
      byte[] header = new DataInputStream(accepted.getInputStream()).readNBytes(5);
      int length = (header[3] & 0xff) << 8 | (header[4] & 0xff);
      return accepted.getInputStream().readNBytes(length).length;
    }
  }

  private static void handshake(LazyTrustManager trusted, ServerSocket server) throws IOException {
    Socket socket = new Socket(server.getInetAddress(), server.getLocalPort());
    try (SSLSocket secured =
        (SSLSocket)
            trusted
                .socketFactory()
                .createSocket(socket, "localhost", server.getLocalPort(), true)) {
      secured.startHandshake();
    }
  }

  private static <T> FutureTask<T> inBackground(Callable<T> task) {
    FutureTask<T> running = new FutureTask<>(task);
    Thread.ofVirtual().start(running);
    return running;
  }
}
