package dev.logshipper.testkit;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;

/// A scripted Extensions API: records each request as received and sends the next response. Without
/// one it waits, as the real API does at `/next`. Thread-safe.
public final class FakePlatform implements AutoCloseable {
  private static final String HANG_UP = "";
  private static final String LAST = "\0last";

  private final ServerSocket server;
  private final BlockingQueue<String> requests = new LinkedBlockingQueue<>();
  private final BlockingQueue<String> responses = new LinkedBlockingQueue<>();
  private final List<Socket> sockets = new CopyOnWriteArrayList<>();
  private final AtomicInteger connections = new AtomicInteger();

  /// Listens on a free port of loopback.
  public FakePlatform() throws IOException {
    server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    Thread.ofPlatform().daemon().name("fake-platform").start(this::acceptAll);
  }

  /// Host and port, as in `AWS_LAMBDA_RUNTIME_API`.
  public String authority() {
    return "127.0.0.1:" + server.getLocalPort();
  }

  /// The number of connections accepted.
  public int connections() {
    return connections.get();
  }

  /// The next request, as received.
  public String nextRequest() throws InterruptedException {
    return Wait.next(requests);
  }

  /// Whether all requests were read by [#nextRequest()].
  public boolean hasNoMoreRequests() {
    return requests.isEmpty();
  }

  /// Responds with this text.
  public FakePlatform raw(String response) {
    responses.add(response);
    return this;
  }

  /// Responds with this text and closes the connection.
  public FakePlatform rawAndClose(String response) {
    responses.add(response + LAST);
    return this;
  }

  /// Closes the connection instead of responding.
  public FakePlatform hangUp() {
    responses.add(HANG_UP);
    return this;
  }

  /// Responds with a status and a JSON body.
  public FakePlatform json(int status, String body, String... headers) {
    return raw(response(status, body, headers));
  }

  /// A response with a status and a JSON body, as sent.
  public static String response(int status, String body, String... headers) {
    return "HTTP/1.1 "
        + status
        + " Some Reason\r\nContent-Type: application/json\r\nContent-Length: "
        + body.getBytes(UTF_8).length
        + "\r\n"
        + (headers.length == 0 ? "" : String.join("\r\n", headers) + "\r\n")
        + "\r\n"
        + body;
  }

  /// Confirms a registration.
  public FakePlatform registered() {
    return json(
        200,
        "{\"functionName\":\"hello\",\"functionVersion\":\"$LATEST\","
            + "\"handler\":\"h\",\"accountId\":\"123456789012\"}",
        "Lambda-Extension-Identifier: id-1");
  }

  /// Sends an event for an invocation with this timeout.
  public FakePlatform invoke(String requestId, long millis) {
    return json(
        200,
        "{\"eventType\":\"INVOKE\",\"deadlineMs\":"
            + (System.currentTimeMillis() + millis)
            + ",\"requestId\":\""
            + requestId
            + "\",\"invokedFunctionArn\":"
            + "\"arn:aws:lambda:eu-west-1:123456789012:function:hello:live\","
            + "\"tracing\":{\"type\":\"X-Amzn-Trace-Id\",\"value\":\"Root=1\"}}");
  }

  /// Sends the event for the end of the environment.
  public FakePlatform shutdown() {
    return json(
        200,
        "{\"eventType\":\"SHUTDOWN\",\"deadlineMs\":"
            + (System.currentTimeMillis() + 2_000)
            + ",\"shutdownReason\":\"spindown\"}");
  }

  private void acceptAll() {
    try {
      while (true) {
        Socket socket = server.accept();
        sockets.add(socket);
        connections.incrementAndGet();
        Thread.ofPlatform().daemon().name("fake-platform-connection").start(() -> serve(socket));
      }
    } catch (IOException e) {
      closeAll();
    }
  }

  private void serve(Socket socket) {
    try (socket) {
      InputStream in = new BufferedInputStream(socket.getInputStream());
      boolean open = true;
      while (open) {
        String request = request(in);
        if (request.isEmpty()) {
          return;
        }
        requests.add(request);
        String response = responses.take();
        open = !response.equals(HANG_UP) && !response.endsWith(LAST);
        socket.getOutputStream().write(response.replace(LAST, "").getBytes(UTF_8));
      }
    } catch (IOException e) {
      // The extension closed the connection.
      sockets.remove(socket);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /// A head and its body; empty at the end of the stream.
  private static String request(InputStream in) throws IOException {
    StringBuilder head = new StringBuilder();
    while (head.indexOf("\r\n\r\n") < 0) {
      int c = in.read();
      if (c < 0) {
        return "";
      }
      head.append((char) c);
    }
    int length = 0;
    for (String line : head.toString().lines().toList()) {
      if (line.startsWith("Content-Length: ")) {
        length = Integer.parseInt(line.substring("Content-Length: ".length()));
      }
    }
    return head + new String(in.readNBytes(length), ISO_8859_1);
  }

  private void closeAll() {
    for (Socket socket : sockets) {
      try {
        socket.close();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  @Override
  public void close() throws IOException {
    server.close();
    closeAll();
  }
}
