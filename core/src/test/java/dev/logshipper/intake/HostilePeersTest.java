package dev.logshipper.intake;

import static org.assertj.core.api.Assertions.assertThat;

import dev.logshipper.testkit.RawClient;
import dev.logshipper.testkit.Wait;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Any process in the environment can connect to the listener. The platform's deliveries continue
/// nevertheless, on its connection and on new ones, and none is lost.
class HostilePeersTest {
  private static final String OK = "HTTP/1.1 200 OK";
  private static final String LINE = "{\"type\":\"function\",\"record\":\"a\"}";
  private static final String CHUNKED = "POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n";
  private static final int MANY = 100;

  private final Listening listening = new Listening();
  private final List<AutoCloseable> toClose = new ArrayList<>();
  private RawClient platform;
  private int delivered;

  @BeforeEach
  void deliverOnce() throws IOException {
    platform = connect();
    deliver(platform);
  }

  @AfterEach
  void close() throws Exception {
    for (AutoCloseable closeable : toClose) {
      closeable.close();
    }
    listening.close();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "P",
        "POST / HTTP/1.1\r\nHost: sandbox",
        "POST / HTTP/1.1\r\nContent-Length: 1000\r\n\r\n",
        "POST / HTTP/1.1\r\nContent-Length: 1000\r\n\r\n[{\"type\":",
        "POST / HTTP/1.1\r\nContent-Length: 1000\r\nExpect: 100-continue\r\n\r\n",
        "POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n3e8\r\n[",
        "POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n1\r\n[\r\n0\r\n",
        "POST / HTTP/1.1\r\nContent-Length: 2\r\n\r\n[]"
      })
  void aHundredConnectionsThatStopSomewhere(String start) throws Exception {
    List<RawClient> peers = new ArrayList<>();
    for (int i = 0; i < MANY; i++) {
      peers.add(connect().send(start));
    }
    thePlatformGoesOn();
    Wait.until(() -> gone(peers) >= MANY - ConnectionLimiter.CONNECTIONS_MAX);
    thePlatformGoesOn();
  }

  @Test
  void bodiesThatTrickleDoNotHoldTheMemoryForBodies() throws IOException {
    String most = " ".repeat(RequestBody.BYTES_MAX * 3 / 4);
    List<RawClient> peers = new ArrayList<>();
    for (int i = 0; i < 10; i++) {
      RawClient peer = connect();
      peers.add(peer);
      peer.send("POST / HTTP/1.1\r\nContent-Length: " + RequestBody.BYTES_MAX + "\r\n\r\n" + most);
      thePlatformGoesOn();
    }
    // Each took the memory of the one before it.
    for (RawClient peer : peers.subList(0, peers.size() - 2)) {
      assertThat(peer.isGone()).isTrue();
    }
    thePlatformGoesOn("," + LINE, RequestBody.BYTES_MAX / 2 / LINE.length());
  }

  @Test
  void bodiesWithoutAnEnd() throws Exception {
    String chunk = "10000\r\n" + " ".repeat(0x10000) + "\r\n";
    Attack attack =
        new Attack(
            8,
            peer -> {
              peer.send(CHUNKED);
              while (true) {
                peer.send(chunk);
              }
            });
    attack.underWay();
    thePlatformGoesOn();
    attack.end();
  }

  @Test
  void requestsWhoseResponsesAreNotRead() throws Exception {
    String requests = "POST / HTTP/1.1\r\nContent-Length: 2\r\n\r\n[]".repeat(1_000);
    Attack attack =
        new Attack(
            8,
            peer -> {
              while (true) {
                peer.send(requests);
              }
            });
    attack.underWay();
    thePlatformGoesOn();
    attack.end();
  }

  @Test
  void bodiesOfNothingButTinyEvents() throws Exception {
    String event = "{\"type\":\"platform.none\",\"record\":1},";
    String body = "[" + event.repeat(RequestBody.BYTES_MAX / event.length());
    Attack attack =
        new Attack(
            4,
            peer -> {
              while (true) {
                peer.post(body).status();
              }
            });
    attack.underWay();
    thePlatformGoesOn();
    attack.end();
  }

  @Test
  void peersThatHangUpDuringARequest() throws Exception {
    Attack attack =
        new Attack(8, peer -> peer.send("POST / HTTP/1.1\r\nContent-Length: 9\r\n\r\n[{"));
    attack.underWay();
    thePlatformGoesOn();
    attack.end();
  }

  @Test
  void anUnknownPeersDeliveryIsAcceptedLikeAnyOther() throws IOException {
    deliver(connect());
    deliver(connect());
    thePlatformGoesOn();
  }

  @Test
  void anUnreadableDeliveryIsNotUseful() throws IOException {
    List<RawClient> peers = new ArrayList<>();
    for (int i = 0; i < MANY; i++) {
      RawClient peer = connect();
      peers.add(peer);
      assertThat(peer.post(i % 2 == 0 ? "[]" : "[{}").status()).isEqualTo(OK);
    }
    assertThat(peers.getFirst().isGone()).isTrue();
    deliver(platform);
    thePlatformGoesOn();
  }

  /// Peers that do the same again and again, each on a connection that is opened anew when it ends.
  private final class Attack {
    private final CountDownLatch begun;
    private final AtomicBoolean over = new AtomicBoolean();
    private final List<Thread> threads = new ArrayList<>();

    Attack(int peers, Move move) {
      begun = new CountDownLatch(peers);
      for (int i = 0; i < peers; i++) {
        threads.add(Thread.ofPlatform().daemon().start(() -> attack(move)));
      }
    }

    private void attack(Move move) {
      while (!over.get()) {
        try (RawClient peer = listening.connect()) {
          begun.countDown();
          move.with(peer);
        } catch (IOException e) {
          begun.countDown();
        }
      }
    }

    void underWay() throws InterruptedException {
      Wait.open(begun);
    }

    void end() throws InterruptedException {
      over.set(true);
      listening.close();
      for (Thread thread : threads) {
        Wait.end(thread);
      }
    }
  }

  private interface Move {
    void with(RawClient peer) throws IOException;
  }

  private void thePlatformGoesOn() throws IOException {
    thePlatformGoesOn("", 0);
  }

  /// @param more repeated so often in each delivery
  private void thePlatformGoesOn(String more, int times) throws IOException {
    String body = "[" + LINE + more.repeat(times) + "]";
    for (int i = 0; i < 10; i++) {
      try (RawClient fresh = listening.connect()) {
        assertThat(fresh.post(body).status()).isEqualTo(OK);
      }
      assertThat(platform.post(body).status()).isEqualTo(OK);
      delivered += 2 + 2 * times;
      assertThat(listening.received()).isEqualTo(delivered);
    }
  }

  private void deliver(RawClient client) throws IOException {
    assertThat(client.post("[" + LINE + "]").status()).isEqualTo(OK);
    delivered++;
    assertThat(listening.received()).isEqualTo(delivered);
  }

  private static long gone(List<RawClient> peers) {
    return peers.stream().filter(RawClient::isGoneByNow).count();
  }

  private RawClient connect() throws IOException {
    RawClient client = listening.connect();
    toClose.add(client);
    return client;
  }
}
