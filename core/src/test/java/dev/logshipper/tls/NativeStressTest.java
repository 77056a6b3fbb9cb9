package dev.logshipper.tls;

import static org.assertj.core.api.Assertions.assertThat;

import dev.logshipper.testkit.TlsKind;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import javax.net.ssl.SSLSocket;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Closes connections of the native library at random moments. A mistake ends the JVM, and with it
/// this test.
@Timeout(120)
class NativeStressTest {
  private static final int CLOSES = 1_000;
  private static final int HANDSHAKE_NANOS_MAX = 3_000_000;

  private final Random random = new Random(7);
  private final AtomicReference<@Nullable Throwable> unexpected = new AtomicReference<>();
  private LazyTrustManager trusted = TlsServer.trusted();

  @BeforeEach
  void choose() {
    TlsKind.NATIVE.choose();
    trusted = TlsServer.trusted();
  }

  @Test
  void closeDuringTheHandshake() throws Exception {
    try (TlsServer server = TlsServer.start(TlsServer.ECHO)) {
      for (int i = 0; i < CLOSES; i++) {
        Socket tcp = new Socket(InetAddress.getLoopbackAddress(), server.port());
        SSLSocket socket = secured(tcp, server.port());
        Thread shaking = run(socket::startHandshake);
        Thread closing = closing(i % 3 == 0 ? tcp : socket, HANDSHAKE_NANOS_MAX);
        Thread again = closing(socket, HANDSHAKE_NANOS_MAX);
        join(shaking, closing, again);
        socket.close();
      }
    }
    assertThat(unexpected.get()).isNull();
  }

  @Test
  void closeDuringReadsAndWrites() throws Exception {
    try (TlsServer server = TlsServer.start(TlsServer.ECHO)) {
      for (int i = 0; i < CLOSES; i++) {
        Socket tcp = new Socket(InetAddress.getLoopbackAddress(), server.port());
        SSLSocket socket = secured(tcp, server.port());
        socket.startHandshake();
        CountDownLatch begun = new CountDownLatch(1);
        Thread writing = run(() -> write(socket, begun));
        Thread reading = run(() -> read(socket));
        begun.await();
        Thread closing = closing(i % 3 == 0 ? tcp : socket, 500_000);
        Thread again = closing(socket, 500_000);
        join(writing, reading, closing, again);
        socket.close();
      }
    }
    assertThat(unexpected.get()).isNull();
  }

  private SSLSocket secured(Socket tcp, int port) throws IOException {
    return (SSLSocket) trusted.socketFactory().createSocket(tcp, "localhost", port, true);
  }

  private void write(SSLSocket socket, CountDownLatch begun) throws IOException {
    byte[] bytes = new byte[1 + random.nextInt(40_000)];
    OutputStream out = socket.getOutputStream();
    try {
      while (true) {
        out.write(bytes);
        begun.countDown();
      }
    } finally {
      begun.countDown();
    }
  }

  private static void read(SSLSocket socket) throws IOException {
    byte[] bytes = new byte[20_000];
    InputStream in = socket.getInputStream();
    int count = in.read(bytes);
    while (count >= 0) {
      int _ = in.available();
      count = in.read(bytes);
    }
  }

  private Thread closing(Socket socket, int nanosMax) {
    long delay = random.nextInt(nanosMax);
    return run(() -> {
      LockSupport.parkNanos(delay);
      socket.close();
    });
  }

  private interface Action {
    void run() throws IOException;
  }

  private Thread run(Action action) {
    return Thread.ofPlatform()
        .start(() -> {
          try {
            action.run();
          } catch (IOException _) {
            // That is what a close does to others.
          } catch (Throwable e) {
            unexpected.set(e);
          }
        });
  }

  private static void join(Thread... threads) throws InterruptedException {
    for (Thread thread : threads) {
      thread.join();
    }
  }
}
