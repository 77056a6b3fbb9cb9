package dev.logshipper.bench.candidate;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.ServerSocket;
import java.net.Socket;

/// A minimal extension in Java: listens, subscribes, requests events until SHUTDOWN, and discards
/// deliveries. A launcher has registered it. One class on plain sockets, without lambdas, because
/// each further class would count.
public final class BareExtension extends Thread {
  private static final String LENGTH = "Content-Length: ";

  private final ServerSocket listener;

  private BareExtension(ServerSocket listener) {
    this.listener = listener;
  }

  /// Runs the extension.
  ///
  /// @param args the extension's identifier
  public static void main(String[] args) throws IOException {
    String identifier = args[0];
    String api = System.getenv("AWS_LAMBDA_RUNTIME_API");
    int colon = api.indexOf(':');
    ServerSocket listener = new ServerSocket(0);
    Thread deliveries = new BareExtension(listener);
    deliveries.setDaemon(true);
    deliveries.start();
    try (Socket platform =
        new Socket(api.substring(0, colon), Integer.parseInt(api.substring(colon + 1)))) {
      InputStream in = new BufferedInputStream(platform.getInputStream());
      OutputStream out = platform.getOutputStream();
      String headers = " HTTP/1.1\r\nHost: x\r\nLambda-Extension-Identifier: " + identifier;
      String subscription = subscription(listener.getLocalPort());
      write(out, "PUT /2022-07-01/telemetry" + headers + "\r\n" + LENGTH + subscription.length());
      write(out, "\r\n\r\n" + subscription);
      in.skipNBytes(length(in));
      while (true) {
        write(out, "GET /2020-01-01/extension/event/next" + headers + "\r\n\r\n");
        if (new String(in.readNBytes(length(in)), ISO_8859_1).contains("\"SHUTDOWN\"")) {
          return;
        }
      }
    }
  }

  private static String subscription(int port) {
    return "{\"schemaVersion\":\"2022-12-13\",\"types\":[\"platform\",\"function\"],"
        + "\"buffering\":{\"maxItems\":1000,\"maxBytes\":262144,\"timeoutMs\":25},"
        + "\"destination\":{\"protocol\":\"HTTP\",\"URI\":\"http://sandbox.localdomain:"
        + port
        + "/\"}}";
  }

  /// Serves one connection at a time: the platform has one.
  @Override
  public void run() {
    while (true) {
      try (Socket connection = listener.accept()) {
        InputStream in = new BufferedInputStream(connection.getInputStream());
        OutputStream out = connection.getOutputStream();
        while (true) {
          in.skipNBytes(length(in));
          write(out, "HTTP/1.1 200 OK\r\n" + LENGTH + "0\r\n\r\n");
        }
      } catch (IOException _) {
        // The platform has closed the connection and may open another.
      }
    }
  }

  private static void write(OutputStream out, String text) throws IOException {
    out.write(text.getBytes(ISO_8859_1));
  }

  /// Reads the head of a request or response.
  ///
  /// @return the length of its body
  /// @throws IOException also at the end of the stream
  private static int length(InputStream in) throws IOException {
    int length = 0;
    for (String line = line(in); !line.isEmpty(); line = line(in)) {
      if (line.regionMatches(true, 0, LENGTH, 0, LENGTH.length())) {
        length = Integer.parseInt(line.substring(LENGTH.length()).trim());
      }
    }
    return length;
  }

  private static String line(InputStream in) throws IOException {
    StringBuilder line = new StringBuilder();
    for (int next = in.read(); next != '\n'; next = in.read()) {
      if (next < 0) {
        throw new IOException("end of stream");
      }
      if (next != '\r') {
        line.append((char) next);
      }
    }
    return line.toString();
  }
}
