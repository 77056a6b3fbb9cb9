package dev.logshipper.faults;

import dev.logshipper.sandbox.destination.Destination;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import mockwebserver3.Dispatcher;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import okhttp3.tls.HandshakeCertificates;
import okhttp3.tls.HeldCertificate;
import okio.Buffer;
import okio.ByteString;

/// An HTTP/2 server that passes requests on to a stand-in, which speaks HTTP/1.1.
final class Http2Front implements AutoCloseable {
  private static final HeldCertificate CERTIFICATE =
      new HeldCertificate.Builder().addSubjectAlternativeName("localhost").build();
  private static final Set<String> OF_THE_CONNECTION = Set.of("host", "content-length");

  private final MockWebServer server = new MockWebServer();
  private final HttpClient client = HttpClient.newHttpClient();
  private final AtomicInteger others = new AtomicInteger();

  Http2Front(Destination destination) throws IOException {
    server.useHttps(
        new HandshakeCertificates.Builder()
            .heldCertificate(CERTIFICATE)
            .build()
            .sslSocketFactory());
    server.setDispatcher(new PassingOn(destination.url()));
    server.start();
  }

  int port() {
    return server.getPort();
  }

  static String certificatePem() {
    return CERTIFICATE.certificatePem();
  }

  /// Requests with another version of HTTP.
  int otherRequests() {
    return others.get();
  }

  @Override
  public void close() {
    server.close();
    client.close();
  }

  private final class PassingOn extends Dispatcher {
    private final String url;

    PassingOn(String url) {
      this.url = url;
    }

    @Override
    public MockResponse dispatch(RecordedRequest request) throws InterruptedException {
      if (!request.getVersion().contains("2")) {
        others.incrementAndGet();
      }
      ByteString body = request.getBody();
      HttpRequest.Builder passed =
          HttpRequest.newBuilder(URI.create(url + request.getTarget()))
              .POST(
                  HttpRequest.BodyPublishers.ofByteArray(
                      body == null ? new byte[0] : body.toByteArray()));
      request
          .getHeaders()
          .forEach(header -> {
            String name = header.getFirst();
            if (!name.startsWith(":")
                && !OF_THE_CONNECTION.contains(name.toLowerCase(Locale.ROOT))) {
              passed.header(name, header.getSecond());
            }
          });
      try {
        HttpResponse<byte[]> response =
            client.send(passed.build(), HttpResponse.BodyHandlers.ofByteArray());
        return new MockResponse.Builder()
            .code(response.statusCode())
            .body(new Buffer().write(response.body()))
            .build();
      } catch (IOException _) {
        return new MockResponse.Builder().code(502).build();
      }
    }
  }
}
