package dev.logshipper.sandbox.destination.s3;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.logshipper.sandbox.destination.aws.AwsCredentials;
import dev.logshipper.sandbox.destination.aws.SignatureV4;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;

/// An S3 client that signs its requests, on request for another service, region or key.
final class S3Sender implements AutoCloseable {
  static final AwsCredentials KEY = new AwsCredentials("AKID", "secret");
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final String url;
  AwsCredentials credentials = KEY;
  String region = "us-east-1";
  String service = "s3";

  S3Sender(String url) {
    this.url = url;
  }

  HttpResponse<String> put(String path, String body, String... headers)
      throws IOException, InterruptedException {
    return put(path, body.getBytes(UTF_8), headers);
  }

  HttpResponse<String> put(String path, byte[] body, String... headers)
      throws IOException, InterruptedException {
    return send("PUT", path, body, headers);
  }

  HttpResponse<String> get(String path) throws IOException, InterruptedException {
    return send("GET", path, new byte[0]);
  }

  HttpResponse<String> send(String method, String path, byte[] body, String... headers)
      throws IOException, InterruptedException {
    return client.send(request(method, path, body, headers).build(), BodyHandlers.ofString());
  }

  HttpResponse<byte[]> getBytes(String path) throws IOException, InterruptedException {
    return client.send(request("GET", path, new byte[0]).build(), BodyHandlers.ofByteArray());
  }

  /// Without a length: in HTTP chunks.
  HttpResponse<String> putStreamed(String path, byte[] body)
      throws IOException, InterruptedException {
    HttpRequest.Builder request =
        request("PUT", path, body)
            .PUT(BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(body)));
    return client.send(request.build(), BodyHandlers.ofString());
  }

  HttpResponse<String> sendUnsigned(String path) throws IOException, InterruptedException {
    return client.send(
        HttpRequest.newBuilder(URI.create(url + path)).build(), BodyHandlers.ofString());
  }

  /// @param headers names and values, which take precedence over those of the signature
  private HttpRequest.Builder request(String method, String path, byte[] body, String... headers) {
    URI target = URI.create(url + path);
    HttpRequest.Builder request =
        HttpRequest.newBuilder(target)
            .timeout(PATIENCE)
            .method(method, BodyPublishers.ofByteArray(body));
    Map<String, String> signed =
        SignatureV4.headers(
            credentials, region, service, Instant.now(), method, target.getAuthority(), path, body);
    signed.forEach(request::setHeader);
    for (int i = 0; i < headers.length; i += 2) {
      request.setHeader(headers[i], headers[i + 1]);
    }
    return request;
  }

  @Override
  public void close() {
    client.shutdownNow();
  }
}
