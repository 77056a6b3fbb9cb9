package dev.logshipper.sandbox.destination.loki;

import static dev.logshipper.sandbox.destination.loki.LokiPusher.stream;
import static dev.logshipper.sandbox.destination.loki.LokiTestBase.assertStatus;
import static dev.logshipper.sandbox.destination.loki.LokiTestBase.entry;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.logshipper.sandbox.destination.ScriptedResponse;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The features of the stand-in beyond the rules: behaviours, scripted faults, reading back.
class LokiDestinationTest {
  private static final Duration PATIENCE = Duration.ofSeconds(10);
  private static final Instant NOW = Instant.parse("2026-11-21T10:00:00Z");
  private static final long NANOS = NOW.getEpochSecond() * 1_000_000_000;

  private static final LokiBehaviour STANDARD = LokiBehaviour.standard().at(() -> NOW);

  private final List<AutoCloseable> opened = new ArrayList<>();

  @AfterEach
  void close() throws Exception {
    for (AutoCloseable each : opened.reversed()) {
      each.close();
    }
  }

  @Test
  void linesOfAllStreamsAreMergedByTime() throws Exception {
    LokiDestination loki = start(STANDARD);
    pusher(loki)
        .push(
            stream("{a=\"1\"}", entry(NANOS, "first"), entry(NANOS + 2, "third")),
            stream("{a=\"2\"}", entry(NANOS + 1, "second")));

    assertThat(loki.lines()).containsExactly("first", "second", "third");
    assertThat(loki.streams()).extracting(LokiStream::tenant).containsOnly("fake");
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 3, 4, 5, 12, 50})
  void entriesOfOneNanosecondAreShuffledHoweverFew(int count) throws Exception {
    LokiDestination loki = start(STANDARD);
    List<String> pushed = IntStream.range(0, count).mapToObj("%03d"::formatted).toList();
    LokiEntry[] entries = pushed.stream().map(line -> entry(NANOS, line)).toArray(LokiEntry[]::new);
    pusher(loki).push(stream("{a=\"1\"}", entries));

    assertThat(loki.lines())
        .isNotEqualTo(pushed)
        .containsExactlyInAnyOrderElementsOf(pushed)
        .isEqualTo(loki.streams().getFirst().entries().stream().map(LokiEntry::line).toList());
  }

  @Test
  void agesAreMeasuredByTheGivenClock() throws Exception {
    LokiDestination loki = start(STANDARD.at(() -> Instant.EPOCH.plusSeconds(60)));

    assertStatus(204, pusher(loki).push(stream("{a=\"1\"}", entry(60_000_000_000L, "now"))));
    HttpResponse<String> ahead =
        pusher(loki).push(stream("{a=\"1\"}", entry(661_000_000_000L, "x")));

    assertStatus(400, ahead);
    assertThat(ahead.body())
        .isEqualTo("entry for stream '{a=\"1\"}' has timestamp too new: 1970-01-01T00:11:01Z\n");
  }

  @Test
  void entryTooFarBehindIsRejectedWithLokisText() throws Exception {
    LokiDestination loki = start(STANDARD);
    pusher(loki).push(stream("{a=\"1\"}", entry(NANOS, "newest")));

    HttpResponse<String> response =
        pusher(loki)
            .push(
                stream(
                    "{a=\"1\"}",
                    entry(NANOS - Duration.ofHours(3).toNanos() + 5, "late"),
                    entry(NANOS + 1, "good")));

    assertStatus(400, response);
    assertThat(response.body())
        .isEqualTo(
            """
            entry with timestamp 2026-11-21 07:00:00.000000005 +0000 UTC ignored, reason: 'entry \
            too far behind, entry timestamp is: 2026-11-21T07:00:00Z, oldest acceptable timestamp \
            is: 2026-11-21T09:00:00Z',
            user 'fake', total ignored: 1 out of 2 for stream: {a="1"}
            """);
    assertThat(loki.lines()).containsExactly("newest", "good");
  }

  @Test
  void pushWithoutARequiredTenantIs401() throws Exception {
    LokiDestination loki = start(STANDARD.withTenants());

    HttpResponse<String> response = pusher(loki).push(stream("{a=\"1\"}", entry(NANOS, "x")));

    assertStatus(401, response);
    assertThat(response.body()).isEqualTo("no org id\n");
    assertThat(loki.lines()).isEmpty();
  }

  @Test
  void tenantsHaveTheirOwnStreams() throws Exception {
    LokiDestination loki = start(STANDARD.withTenants());

    assertStatus(204, pushAs("a", loki));
    assertStatus(204, pushAs("b", loki));
    assertStatus(400, pushAs("a|b", loki));
    assertStatus(400, pushAs("a b", loki));
    assertStatus(400, pushAs("x".repeat(151), loki));

    assertThat(loki.streams()).extracting(LokiStream::tenant).containsExactly("a", "b");
  }

  @Test
  void oldServerRejectsMetadataAndStoresTheEntriesWithoutIt() throws Exception {
    LokiDestination loki = start(STANDARD.withoutStructuredMetadata());

    HttpResponse<String> response =
        pusher(loki)
            .push(stream("{a=\"1\"}", entry(NANOS, "bad", "id", "1"), entry(NANOS + 1, "good")));

    assertStatus(400, response);
    assertThat(response.body())
        .startsWith(
            "stream '{a=\"1\"}' includes structured metadata, but this feature is disallowed");
    assertThat(loki.lines()).containsExactly("good");
  }

  @Test
  void scriptedResponseTakesPrecedenceAndNothingIsStored() throws Exception {
    LokiDestination loki = start(STANDARD);
    loki.respondNext(ScriptedResponse.status(429).retryAfterSeconds(1), ScriptedResponse.ok());

    assertStatus(429, pusher(loki).push(stream("{a=\"1\"}", entry(NANOS, "x"))));
    assertStatus(200, pusher(loki).push(stream("{a=\"1\"}", entry(NANOS, "y"))));
    assertStatus(204, pusher(loki).push(stream("{a=\"1\"}", entry(NANOS, "z"))));

    assertThat(loki.lines()).containsExactly("z");
    assertThat(loki.requests()).hasSize(3);
  }

  @Test
  void storedEntriesRemainWhenTheResponseIsLost() throws Exception {
    LokiDestination loki = start(STANDARD);
    loki.respondNext(loki.handled(_ -> ScriptedResponse.resetAfterBody()));
    LokiPusher pusher = pusher(loki);

    assertThatThrownBy(() -> pusher.push(stream("{a=\"1\"}", entry(NANOS, "x"))))
        .isInstanceOf(IOException.class);

    assertThat(loki.awaitLines(1, PATIENCE)).containsExactly("x");
  }

  @Test
  void outageEndsWithItsOwnHandling() throws Exception {
    LokiDestination loki = start(STANDARD);
    loki.respond(ScriptedResponse.status(503));
    assertStatus(503, pusher(loki).push(stream("{a=\"1\"}", entry(NANOS, "x"))));

    loki.respond(loki.handled(response -> response));

    assertStatus(204, pusher(loki).push(stream("{a=\"1\"}", entry(NANOS, "x"))));
    assertThat(loki.lines()).containsExactly("x");
  }

  @Test
  void linesMissingAfterTheTimeoutAreAnError() {
    LokiDestination loki = start(STANDARD);

    assertThatThrownBy(() -> loki.awaitLines(1, Duration.ofMillis(10)))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("0 lines");
  }

  @Test
  void otherPathsAndMethodsAreRejected() throws Exception {
    LokiDestination loki = start(STANDARD);
    LokiPusher elsewhere = new LokiPusher(loki.url() + "/prefix");
    opened.add(elsewhere);

    assertStatus(404, elsewhere.push(stream("{a=\"1\"}", entry(NANOS, "x"))));
    assertStatus(405, pusher(loki).send(pusher(loki).request(new byte[0]).GET()));
  }

  private HttpResponse<String> pushAs(String tenant, LokiDestination loki) throws Exception {
    byte[] json = LokiPusher.json(stream("{a=\"1\"}", entry(NANOS, "x"))).getBytes(UTF_8);
    LokiPusher pusher = pusher(loki);
    return pusher.send(pusher.request(json, "application/json").header("X-Scope-OrgID", tenant));
  }

  private LokiDestination start(LokiBehaviour behaviour) {
    LokiDestination loki = LokiDestination.start(behaviour);
    opened.add(loki);
    return loki;
  }

  private LokiPusher pusher(LokiDestination loki) {
    LokiPusher pusher = new LokiPusher(loki.url());
    opened.add(pusher);
    return pusher;
  }
}
