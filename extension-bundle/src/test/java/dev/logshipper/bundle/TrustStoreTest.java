package dev.logshipper.bundle;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.logshipper.sandbox.destination.Destination;
import dev.logshipper.sandbox.destination.HttpDestination;
import dev.logshipper.tls.LazyTrustManager;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrustStoreTest {
  private static final String TRUST_STORE = "javax.net.ssl.trustStore";

  @TempDir Path folder;

  @AfterEach
  void useTheDefaultTrustStore() {
    System.clearProperty(TRUST_STORE);
  }

  @Test
  void coreReadsTheFolderNextToTheKeyStore() throws Exception {
    try (Destination destination = HttpDestination.startTls()) {
      Path file = folder.resolve("trusted.jks");
      TrustStore written = TrustStore.ofJdk();
      written.add(destination.certificatePem());
      List<String> _ = written.writeTo(file);
      Files.delete(file); // so that the JDK trusts nothing
      System.setProperty(TRUST_STORE, file.toString());

      assertThatCode(() -> connect(destination)).doesNotThrowAnyException();
      new FileTree(folder.resolve("trusted.jks.d")).delete();
      assertThatThrownBy(() -> connect(destination)).isInstanceOf(SSLHandshakeException.class);
    }
  }

  private static void connect(Destination destination) throws IOException {
    Socket socket = new Socket(InetAddress.getLoopbackAddress(), destination.port());
    try (SSLSocket secured =
        (SSLSocket)
            LazyTrustManager.ofJvm(List.of())
                .socketFactory()
                .createSocket(socket, "127.0.0.1", destination.port(), true)) {
      secured.startHandshake();
    }
  }
}
