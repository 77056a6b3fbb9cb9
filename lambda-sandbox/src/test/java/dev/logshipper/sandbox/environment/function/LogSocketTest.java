package dev.logshipper.sandbox.environment.function;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

class LogSocketTest {

  private final List<String> lines = new CopyOnWriteArrayList<>();

  @Test
  void linesOfSeveralWorkersStayWhole() throws Exception {
    Path path;
    try (LogSocket socket = LogSocket.open(lines::add)) {
      path = socket.path();
      try (SocketChannel first = SocketChannel.open(UnixDomainSocketAddress.of(path));
          SocketChannel second = SocketChannel.open(UnixDomainSocketAddress.of(path))) {
        write(first, "first");
        write(second, "second\n");
        await().until(() -> lines.contains("second"));
        write(first, " line\n");
        await().until(() -> lines.size() == 2);
      }
    }

    assertThat(lines).containsExactly("second", "first line");
    assertThat(path.getParent()).doesNotExist();
  }

  private static void write(SocketChannel channel, String text) throws IOException {
    int _ = channel.write(ByteBuffer.wrap(text.getBytes(UTF_8)));
  }
}
