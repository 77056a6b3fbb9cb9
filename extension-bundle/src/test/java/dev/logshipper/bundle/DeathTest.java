package dev.logshipper.bundle;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class DeathTest extends GuardTestBase {
  private static final int HANDOVER = 11;
  private static final int CONNECTION = 12;
  private static final String RESTART =
      "log-shipper: Java ended with status 137, the lines it held are lost; starting it again";

  @Test
  void deathWhileWaitingLeavesTheAnswerToTheNextJava() throws Exception {
    FakeLayer layer =
        layer(
            "note 5000 subscribed waiting; hello; kill -9 $$",
            "read -r -u 0 answer; echo \"$answer\" >&2; exit 0");
    Guard guard = startRegistered(layer);

    awaitHello(1).answer("outstanding\n");

    assertThat(guard.awaitExit()).isZero();
    assertThat(guard.linesPrinted()).containsExactly(RESTART, "outstanding");
    assertThat(layer.arguments(2).get(HANDOVER)).isEqualTo("5000 subscribed waiting");
    assertThat(layer.arguments(2).get(CONNECTION)).isEqualTo("inherited");
    assertThat(api.hasRequest()).isFalse();
  }

  @Test
  void deathInAnInvocationAsksForNextBeforeTheNextJavaRuns() throws Exception {
    FakeLayer layer =
        layer("note 5000 none waiting; note 5000 none invoked; kill -9 $$", "hello; exit 0");
    Guard guard = startRegistered(layer);

    Exchange next = api.awaitRequest();
    Exchange hello = awaitHello(2);

    assertThat(next.requestLine()).isEqualTo(ASK_NEXT);
    assertThat(next.header("Lambda-Extension-Identifier")).isEqualTo(IDENTIFIER);
    assertThat(next.connection()).isEqualTo(1);
    assertThat(hello.connection()).isEqualTo(1);
    assertThat(guard.awaitExit()).isZero();
    assertThat(guard.linesPrinted()).containsExactly(RESTART);
    assertThat(layer.arguments(2).get(HANDOVER)).isEqualTo("5000 none waiting");
  }

  @Test
  void deathBeforeTheEventIsReadLeavesItsRestToTheNextJava() throws Exception {
    FakeLayer layer =
        layer(
            "note 5000 none waiting; hello; read -r -N 1 -u 0; note 5000 none invoked; kill -9 $$",
            "read -r -u 0 answer; echo \"$answer\" >&2; exit 0");
    Guard guard = startRegistered(layer);

    awaitHello(1).answer("HTTP/1.1 200 OK\n");

    assertThat(guard.awaitExit()).isZero();
    assertThat(guard.linesPrinted()).containsExactly(RESTART, "TTP/1.1 200 OK");
    assertThat(api.hasRequest()).isFalse();
  }

  @Test
  void deathBeforeSubscribingGivesTheNextJavaAFreshConnection() throws Exception {
    FakeLayer layer = layer("hello; kill -9 $$", "hello; exit 0");
    Guard guard = startRegistered(layer);

    assertThat(awaitHello(1).connection()).isEqualTo(1);
    assertThat(awaitHello(2).connection()).isEqualTo(2);

    assertThat(guard.awaitExit()).isZero();
    assertThat(guard.linesPrinted()).containsExactly(RESTART);
    assertThat(layer.arguments(2).get(HANDOVER)).isEmpty();
    assertThat(layer.arguments(2).get(CONNECTION)).isEqualTo("inherited");
  }

  @Test
  void secondDeathInARowLeavesOutTheSinksOfStrangers() throws Exception {
    FakeLayer layer = layer("kill -9 $$", "kill -9 $$", "exit 0");
    Guard guard = startRegistered(layer);

    assertThat(guard.awaitExit()).isZero();
    assertThat(guard.linesPrinted())
        .containsExactly(RESTART, RESTART + " without other layers' sinks");
    assertThat(layer.arguments(2)).noneMatch("-Dlog-shipper.sinks="::equals);
    assertThat(layer.arguments(3)).contains("-Dlog-shipper.sinks=");
  }

  @Test
  void deathInShutdownIsTheEnd() throws Exception {
    FakeLayer layer = layer("note 5000 subscribed waiting; note 5000 subscribed shutdown; exit 1");
    Guard guard = startRegistered(layer);

    assertThat(guard.awaitExit()).isZero();
    assertThat(guard.linesPrinted())
        .containsExactly(
            "log-shipper: Java ended with status 1 in shutdown, the lines it held are lost");
    assertThat(layer.starts()).isEqualTo(1);
  }

  @Test
  void twoLinesOnTheSlateTheLastOneCounts() throws Exception {
    FakeLayer layer =
        layer(
            """
            echo '5000 subscribed waiting' >&4
            echo '5001 subscribed shutdown' >&4
            kill -9 $$
            """);
    Guard guard = startRegistered(layer);

    assertThat(guard.awaitExit()).isZero();
    assertThat(layer.starts()).isEqualTo(1);
  }

  @Test
  void slateIsEmptyForTheNextJava() throws Exception {
    FakeLayer layer =
        layer(
            "note 5000 subscribed waiting; exit 1",
            "read -r -t 0 -u 4 && echo 'not empty' >&2; exit 0");
    Guard guard = startRegistered(layer);

    assertThat(guard.awaitExit()).isZero();
    assertThat(guard.linesPrinted()).hasSize(1);
  }

  @Test
  void outOfMemoryIsADeathLikeAnyOther() throws Exception {
    FakeLayer layer = layer("note 5000 subscribed waiting; exit 3", "exit 0");
    Guard guard = startRegistered(layer);

    assertThat(guard.awaitExit()).isZero();
    assertThat(layer.starts()).isEqualTo(2);
  }

  @Test
  void deathOnAnOwnConnectionIsFollowedByAConnectionThatIsHandedOn() throws Exception {
    FakeLayer layer = layer("note 5000 subscribed waiting; exit 1", "hello; exit 0");
    Guard guard = start(layer);

    api.awaitRequest().answer(AnsweringAloneTest.CLOSING_REGISTRATION);
    Exchange next = api.awaitRequest();
    Exchange hello = awaitHello(2);

    assertThat(next.requestLine()).isEqualTo(ASK_NEXT);
    assertThat(next.connection()).isEqualTo(2);
    assertThat(hello.connection()).isEqualTo(2);
    assertThat(guard.awaitExit()).isZero();
    assertThat(layer.arguments(2).get(HANDOVER)).isEqualTo("5000 subscribed waiting");
    assertThat(layer.arguments(2).get(CONNECTION)).isEqualTo("inherited");
  }

  @Test
  void deathOnAnOwnConnectionBeforeSubscribingAsksForNothing() throws Exception {
    FakeLayer layer = layer("exit 1", "hello; exit 0");
    Guard guard = start(layer);

    api.awaitRequest().answer(AnsweringAloneTest.CLOSING_REGISTRATION);

    assertThat(awaitHello(2).connection()).isEqualTo(2);
    assertThat(guard.awaitExit()).isZero();
    assertThat(layer.arguments(2).get(HANDOVER)).isEmpty();
  }
}
