package dev.logshipper.sink.support;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.logshipper.sink.Deadline;
import dev.logshipper.testkit.RawPeer;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

/// Calls of an [Http1Client] without TLS, whose clock the test sets.
final class Http1Calls {
  private static final int RESPONSE_BYTES_MAX = 100_000;

  private final AtomicLong epochMillis = new AtomicLong(1_795_256_130_123L);
  private final Http1Client client =
      new Http1Client(
          "http1-test",
          RESPONSE_BYTES_MAX,
          () -> {
            throw new AssertionError("no TLS here");
          },
          epochMillis::get);

  Http1Client client() {
    return client;
  }

  AtomicLong epochMillis() {
    return epochMillis;
  }

  /// A peer that sends the same to each request.
  static RawPeer responding(String response) throws IOException {
    return new RawPeer((p, _, in, out) -> {
      while (true) {
        p.readRequest(in);
        RawPeer.send(out, response);
      }
    });
  }

  Http1Response post(RawPeer peer, String body) throws Exception {
    return client.send(request(peer, body), in(20_000));
  }

  static Http1Request request(RawPeer peer, String body) {
    return Http1Request.post(URI.create(peer.url()), body.getBytes(UTF_8));
  }

  static Http1Request.Origin origin(RawPeer peer) {
    return Http1Request.Origin.of(URI.create(peer.url()));
  }

  static Deadline in(long millis) {
    return Deadline.after(Duration.ofMillis(millis), System::nanoTime);
  }
}
