package dev.logshipper.sandbox.destination;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;

/// An ordinary HTTP/1.1 client with a pool, in the part of a log shipper.
final class Sender implements AutoCloseable {
  static final Duration PATIENCE = Duration.ofSeconds(10);

  private final HttpClient client;
  private final String url;

  Sender(Destination destination) {
    this(destination, HttpClient.newBuilder());
  }

  Sender(Destination destination, HttpClient.Builder client) {
    this.client = client.version(HttpClient.Version.HTTP_1_1).build();
    this.url = destination.url();
  }

  HttpResponse<String> post(String body) throws IOException, InterruptedException {
    return send(request(BodyPublishers.ofString(body)));
  }

  HttpResponse<String> post(String body, Duration timeout)
      throws IOException, InterruptedException {
    return send(request(BodyPublishers.ofString(body)).timeout(timeout));
  }

  /// The status, once there is one.
  CompletableFuture<Integer> postInBackground(String body) {
    return client
        .sendAsync(request(BodyPublishers.ofString(body)).build(), BodyHandlers.discarding())
        .thenApply(HttpResponse::statusCode);
  }

  HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
    return client.send(request.build(), BodyHandlers.ofString());
  }

  HttpRequest.Builder request(BodyPublisher body) {
    return HttpRequest.newBuilder(URI.create(url + "/logs?source=test"))
        .timeout(PATIENCE)
        .POST(body);
  }

  @Override
  public void close() {
    client.shutdownNow();
  }
}
