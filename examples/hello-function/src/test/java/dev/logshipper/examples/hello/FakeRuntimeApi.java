package dev.logshipper.examples.hello;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/// The part of Lambda's Runtime API that a function with one invocation at a time uses.
final class FakeRuntimeApi implements AutoCloseable {
  private static final String ROOT = "/2018-06-01/runtime/";

  /// A request that the function posted.
  ///
  /// @param path below the API's root, for example `invocation/request-1/response`
  record Response(String path, String body) {}

  private final BlockingQueue<String> payloads = new LinkedBlockingQueue<>();
  private final BlockingQueue<Response> responses = new LinkedBlockingQueue<>();
  private final AtomicInteger invocations = new AtomicInteger();
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final HttpServer server;

  FakeRuntimeApi() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(threads);
    server.createContext(ROOT, this::handle);
    server.start();
  }

  /// The value for `AWS_LAMBDA_RUNTIME_API`.
  String address() {
    return "127.0.0.1:" + server.getAddress().getPort();
  }

  /// Invokes the function and waits for its response. The request ids are `request-1`, `request-2`…
  Response invoke(String payload) throws InterruptedException {
    payloads.add(payload);
    @Nullable Response response = responses.poll(30, TimeUnit.SECONDS);
    if (response == null) {
      throw new AssertionError("no response to " + payload);
    }
    return response;
  }

  @Override
  public void close() {
    threads.shutdownNow();
    server.stop(0);
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      String path = exchange.getRequestURI().getPath().substring(ROOT.length());
      if (path.equals("invocation/next")) {
        next(exchange);
      } else {
        String body = new String(exchange.getRequestBody().readAllBytes(), UTF_8);
        exchange.sendResponseHeaders(202, -1);
        responses.add(new Response(path, body));
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  private void next(HttpExchange exchange) throws IOException, InterruptedException {
    byte[] payload = payloads.take().getBytes(UTF_8);
    Headers headers = exchange.getResponseHeaders();
    // AWS's client dereferences it unseen: without this header the process dies of SIGSEGV.
    headers.set("Content-Type", "application/json");
    headers.set("Lambda-Runtime-Aws-Request-Id", "request-" + invocations.incrementAndGet());
    headers.set("Lambda-Runtime-Deadline-Ms", Long.toString(System.currentTimeMillis() + 30_000));
    headers.set(
        "Lambda-Runtime-Invoked-Function-Arn",
        "arn:aws:lambda:eu-west-1:123456789012:function:hello");
    headers.set("Lambda-Runtime-Trace-Id", "Root=1-0-0");
    exchange.sendResponseHeaders(200, payload.length);
    exchange.getResponseBody().write(payload);
  }
}
