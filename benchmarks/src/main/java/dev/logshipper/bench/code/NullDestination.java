package dev.logshipper.bench.code;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Locale;

/// A destination on the loopback interface that discards requests and responds as a healthy one
/// does. Parses as little as possible. Serves one connection at a time, on its own thread.
final class NullDestination implements AutoCloseable {
  /// The name of the thread.
  static final String THREAD = "null-destination";

  private static final int BUFFER_BYTES = 256 * 1024;
  private static final String LENGTH = "content-length:";
  private static final byte[] FIREHOSE_RECORD = "\"Data\":".getBytes(ISO_8859_1);

  private final ServerSocket server;

  private NullDestination(ServerSocket server) {
    this.server = server;
  }

  static NullDestination start() throws IOException {
    NullDestination destination =
        new NullDestination(new ServerSocket(0, 1, InetAddress.getLoopbackAddress()));
    Thread.ofPlatform().daemon().name(THREAD).start(destination::serve);
    return destination;
  }

  String url() {
    return "http://127.0.0.1:" + server.getLocalPort();
  }

  @Override
  public void close() throws IOException {
    server.close();
  }

  private void serve() {
    while (!server.isClosed()) {
      try (Socket peer = server.accept()) {
        InputStream in = new BufferedInputStream(peer.getInputStream(), BUFFER_BYTES);
        while (respond(in, peer.getOutputStream())) {}
      } catch (IOException e) {
        if (!server.isClosed()) {
          throw new UncheckedIOException(e);
        }
      }
    }
  }

  /// @return whether there was a request
  private static boolean respond(InputStream in, OutputStream out) throws IOException {
    int length = -1;
    boolean firehose = false;
    for (String line = line(in); !line.isEmpty(); line = line(in)) {
      String header = line.toLowerCase(Locale.ROOT);
      if (header.startsWith(LENGTH)) {
        length = Integer.parseInt(header.substring(LENGTH.length()).strip());
      }
      firehose |= header.startsWith("x-amz-target: firehose");
    }
    if (length < 0) {
      return false;
    }
    String body = "";
    if (firehose) {
      body = stored(count(FIREHOSE_RECORD, in.readNBytes(length)));
    } else {
      in.skipNBytes(length);
    }
    String head = "HTTP/1.1 200 OK\r\nETag: \"0\"\r\nContent-Length: " + body.length() + "\r\n\r\n";
    out.write((head + body).getBytes(ISO_8859_1));
    return true;
  }

  private static String line(InputStream in) throws IOException {
    StringBuilder line = new StringBuilder();
    for (int next = in.read(); next >= 0 && next != '\n'; next = in.read()) {
      if (next != '\r') {
        line.append((char) next);
      }
    }
    return line.toString();
  }

  private static String stored(int records) {
    return "{\"FailedPutCount\":0,\"RequestResponses\":["
        + "{\"RecordId\":\"1\"},".repeat(records - 1)
        + "{\"RecordId\":\"1\"}]}";
  }

  private static int count(byte[] word, byte[] text) {
    int count = 0;
    int matched = 0;
    for (byte next : text) {
      matched = next == word[matched] ? matched + 1 : next == word[0] ? 1 : 0;
      if (matched == word.length) {
        count++;
        matched = 0;
      }
    }
    return count;
  }
}
