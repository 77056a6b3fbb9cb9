package dev.logshipper.sink.support;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.logshipper.sink.Deadline;
import dev.logshipper.testkit.RawPeer;
import dev.logshipper.testkit.SilentPort;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Names with several addresses. The peer listens on 127.0.0.1; nothing listens on 127.0.0.3.
@Timeout(30)
class Http1AddressesTest {
  private static final String GOOD = "127.0.0.1";
  private static final String SILENT = "127.0.0.2";
  private static final String CLOSED = "127.0.0.3";

  private List<String> addresses = List.of();

  private final Http1Client client = client(Addresses.SILENCE_MILLIS);

  @Test
  void addressThatRejectsConnectionsIsSkippedAtOnce() throws Exception {
    addresses = List.of(CLOSED, "127.0.0.4", GOOD);
    try (RawPeer peer = peer()) {
      assertThat(post(client(60_000), peer, 20_000).status()).isEqualTo(200);
    }
  }

  @Test
  void silentAddressIsSkippedWithinTheAttemptAndNotTriedAgain() throws Exception {
    addresses = List.of(SILENT, GOOD);
    Http1Client patient = client(2_000);
    try (RawPeer peer = peer();
        SilentPort _ = new SilentPort(SILENT, port(peer))) {
      assertThat(post(patient, peer, 20_000).status()).isEqualTo(200);

      patient.close();
      assertThat(post(patient, peer, 1_900).status()).isEqualTo(200);
      assertThat(peer.connections()).isEqualTo(2);
    }
  }

  @Test
  void addressOfTheOtherFamilyIsTriedSecond() throws Exception {
    addresses = List.of(SILENT, "127.0.0.4", "127.0.0.5", "127.0.0.6", "::1");
    try (ServerSocket onlyV6 = new ServerSocket(0, 5, InetAddress.ofLiteral("::1"));
        SilentPort _ = new SilentPort(SILENT, onlyV6.getLocalPort());
        SilentPort _ = new SilentPort("127.0.0.4", onlyV6.getLocalPort());
        SilentPort _ = new SilentPort("127.0.0.5", onlyV6.getLocalPort())) {
      client.warmUp(new Http1Request.Origin(false, "logs.test", onlyV6.getLocalPort()), in(1_500));
    }
  }

  @Test
  void addressThatDoesNotRespondIsTriedLastByTheNextAttempt() throws Exception {
    addresses = List.of(SILENT, GOOD);
    try (RawPeer peer = peer();
        ServerSocket hung = new ServerSocket(port(peer), 5, InetAddress.ofLiteral(SILENT))) {
      assertThatThrownBy(() -> post(peer, 300)).isInstanceOf(TimeoutException.class);

      assertThat(post(peer, 20_000).status()).isEqualTo(200);
      assertThat(hung.isClosed()).isFalse();
    }
  }

  @Test
  void deathOfAnIdleConnectionDoesNotDiscreditItsAddress() throws Exception {
    addresses = List.of(SILENT, GOOD);
    Http1Client patient = client(2_000);
    try (RawPeer peer =
            new RawPeer((p, _, in, out) -> {
              p.readRequest(in);
              RawPeer.send(out, RawPeer.OK);
            });
        SilentPort _ = new SilentPort(SILENT, port(peer))) {
      Http1Response _ = post(patient, peer, 20_000);

      assertThat(post(patient, peer, 1_900).status()).isEqualTo(200);
    }
  }

  @Test
  void slowNetworkGetsMoreTimeInTheNextTurn() throws Exception {
    addresses = List.of(SILENT, "127.0.0.4");
    try (RawPeer peer = peer();
        SilentPort slow = new SilentPort(SILENT, port(peer));
        SilentPort _ = new SilentPort("127.0.0.4", port(peer))) {
      Thread.ofPlatform().daemon().start(() -> slow.acceptAfter(Duration.ofSeconds(1)));

      client.warmUp(new Http1Request.Origin(false, "logs.test", port(peer)), in(20_000));
    }
  }

  @Test
  void failureOfAllAddressesIsThatOfTheFirst() throws Exception {
    addresses = List.of(CLOSED, "127.0.0.4");
    try (RawPeer peer = peer()) {
      assertThatThrownBy(() -> post(peer, 20_000)).isInstanceOf(ConnectException.class);
    }
  }

  @Test
  void silenceOfAllAddressesEndsAtTheDeadline() throws Exception {
    addresses = List.of(SILENT, CLOSED);
    try (RawPeer peer = peer();
        SilentPort _ = new SilentPort(SILENT, port(peer))) {
      assertThatThrownBy(() -> post(peer, 600))
          .isInstanceOf(TimeoutException.class)
          .hasMessageStartingWith("timed out connecting to http://logs.test:");
    }
  }

  private static RawPeer peer() throws IOException {
    return new RawPeer((p, _, in, out) -> {
      while (true) {
        p.readRequest(in);
        RawPeer.send(out, RawPeer.OK);
      }
    });
  }

  private static int port(RawPeer peer) {
    return URI.create(peer.url()).getPort();
  }

  private Http1Client client(int silenceMillis) {
    return new Http1Client(
        "http1-test",
        1000,
        () -> {
          throw new AssertionError("no TLS here");
        },
        System::currentTimeMillis,
        null,
        new Addresses(_ -> lookUp(addresses), silenceMillis));
  }

  private Http1Response post(RawPeer peer, long millis) throws Exception {
    return post(client, peer, millis);
  }

  private static Http1Response post(Http1Client client, RawPeer peer, long millis)
      throws Exception {
    URI url = URI.create("http://logs.test:" + port(peer) + "/");
    return client.send(Http1Request.post(url, new byte[3]), in(millis));
  }

  private static Deadline in(long millis) {
    return Deadline.after(Duration.ofMillis(millis), System::nanoTime);
  }

  private static InetAddress[] lookUp(List<String> literals) throws UnknownHostException {
    InetAddress[] found = new InetAddress[literals.size()];
    for (int i = 0; i < found.length; i++) {
      found[i] = InetAddress.getByName(literals.get(i));
    }
    return found;
  }
}
