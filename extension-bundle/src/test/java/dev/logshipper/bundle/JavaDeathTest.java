package dev.logshipper.bundle;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class JavaDeathTest extends LauncherTestBase {
  private static final int HANDOVER = 11;
  private static final int CONNECTION = 12;
  private static final String RESTART =
      "log-shipper: Java exited with status 137, its buffered records are lost; restarting it";

  @Test
  void deathWhileWaitingPassesTheResponseToTheNextJava() throws Exception {
    FakeLayer layer =
        layer(
            "note 5000 subscribed waiting; hello; kill -9 $$",
            "read -r -u 1 response; echo \"$response\" >&2; exit 0");
    LauncherProcess launcher = startRegistered(layer);

    awaitHello(1).respond("outstanding\n");

    assertThat(launcher.awaitExit()).isZero();
    assertThat(launcher.linesPrinted()).containsExactly(RESTART, "outstanding");
    assertThat(layer.arguments(2).get(HANDOVER)).isEqualTo("5000 subscribed waiting");
    assertThat(layer.arguments(2).get(CONNECTION)).isEqualTo("inherited");
    assertThat(api.hasRequest()).isFalse();
  }

  @Test
  void deathInAnInvocationRequestsNextBeforeTheNextJavaRuns() throws Exception {
    FakeLayer layer =
        layer("note 5000 none waiting; note 5000 none invoked; kill -9 $$", "hello; exit 0");
    LauncherProcess launcher = startRegistered(layer);

    Exchange next = api.awaitRequest();
    Exchange hello = awaitHello(2);

    assertThat(next.requestLine()).isEqualTo(ASK_NEXT);
    assertThat(next.header("Lambda-Extension-Identifier")).isEqualTo(IDENTIFIER);
    assertThat(next.connection()).isEqualTo(1);
    assertThat(hello.connection()).isEqualTo(1);
    assertThat(launcher.awaitExit()).isZero();
    assertThat(launcher.linesPrinted()).containsExactly(RESTART);
    assertThat(layer.arguments(2).get(HANDOVER)).isEqualTo("5000 none waiting");
  }

  @Test
  void deathWhileReadingAnEventPassesItsRemainderToTheNextJava() throws Exception {
    FakeLayer layer =
        layer(
            "note 5000 none waiting; hello; read -r -N 1 -u 1; note 5000 none invoked; kill -9 $$",
            "read -r -u 1 response; echo \"$response\" >&2; exit 0");
    LauncherProcess launcher = startRegistered(layer);

    awaitHello(1).respond("HTTP/1.1 200 OK\n");

    assertThat(launcher.awaitExit()).isZero();
    assertThat(launcher.linesPrinted()).containsExactly(RESTART, "TTP/1.1 200 OK");
    assertThat(api.hasRequest()).isFalse();
  }

  @Test
  void deathBeforeSubscribingGivesTheNextJavaAFreshConnection() throws Exception {
    FakeLayer layer = layer("hello; kill -9 $$", "hello; exit 0");
    LauncherProcess launcher = startRegistered(layer);

    assertThat(awaitHello(1).connection()).isEqualTo(1);
    assertThat(awaitHello(2).connection()).isEqualTo(2);

    assertThat(launcher.awaitExit()).isZero();
    assertThat(launcher.linesPrinted()).containsExactly(RESTART);
    assertThat(layer.arguments(2).get(HANDOVER)).isEmpty();
    assertThat(layer.arguments(2).get(CONNECTION)).isEqualTo("inherited");
  }

  @Test
  void twoDeathsBeforeANoteKeepTheStateOfTheFirst() throws Exception {
    FakeLayer layer =
        layer(
            "note 5000 subscribed waiting; hello; kill -9 $$",
            "kill -9 $$",
            "read -r -u 1 response; echo \"$response\" >&2; exit 0");
    LauncherProcess launcher = startRegistered(layer);

    awaitHello(1).respond("outstanding\n");

    assertThat(launcher.awaitExit()).isZero();
    assertThat(launcher.linesPrinted()).last().isEqualTo("outstanding");
    assertThat(layer.arguments(3).get(HANDOVER)).isEqualTo("5000 subscribed waiting");
    assertThat(api.hasRequest()).isFalse();
  }

  @Test
  void secondDeathInARowExcludesPlugins() throws Exception {
    FakeLayer layer = layer("kill -9 $$", "kill -9 $$", "exit 0");
    LauncherProcess launcher = startRegistered(layer);

    assertThat(launcher.awaitExit()).isZero();
    assertThat(launcher.linesPrinted())
        .containsExactly(RESTART, RESTART + " without other layers' sinks");
    assertThat(layer.arguments(2)).noneMatch("-Dlog-shipper.sinks="::equals);
    assertThat(layer.arguments(3)).contains("-Dlog-shipper.sinks=");
  }

  @Test
  void deathInShutdownEndsTheLauncher() throws Exception {
    FakeLayer layer = layer("note 5000 subscribed waiting; note 5000 subscribed shutdown; exit 1");
    LauncherProcess launcher = startRegistered(layer);

    assertThat(launcher.awaitExit()).isZero();
    assertThat(launcher.linesPrinted())
        .containsExactly(
            "log-shipper: Java exited with status 1 during shutdown, its buffered records are lost");
    assertThat(layer.starts()).isEqualTo(1);
  }

  @Test
  void lastNoteInTheStatePipeApplies() throws Exception {
    FakeLayer layer =
        layer(
            """
            echo '5000 subscribed waiting' >&4
            echo '5001 subscribed shutdown' >&4
            kill -9 $$
            """);
    LauncherProcess launcher = startRegistered(layer);

    assertThat(launcher.awaitExit()).isZero();
    assertThat(layer.starts()).isEqualTo(1);
  }

  @Test
  void statePipeIsEmptyForTheNextJava() throws Exception {
    FakeLayer layer =
        layer(
            "note 5000 subscribed waiting; exit 1",
            "read -r -t 0 -u 4 && echo 'not empty' >&2; exit 0");
    LauncherProcess launcher = startRegistered(layer);

    assertThat(launcher.awaitExit()).isZero();
    assertThat(launcher.linesPrinted()).hasSize(1);
  }

  @Test
  void outOfMemoryIsHandledLikeAnyOtherDeath() throws Exception {
    FakeLayer layer = layer("note 5000 subscribed waiting; exit 3", "exit 0");
    LauncherProcess launcher = startRegistered(layer);

    assertThat(launcher.awaitExit()).isZero();
    assertThat(layer.starts()).isEqualTo(2);
  }

  @Test
  void deathOnAnOwnConnectionIsFollowedByAnInheritedConnection() throws Exception {
    FakeLayer layer = layer("note 5000 subscribed waiting; exit 1", "hello; exit 0");
    LauncherProcess launcher = start(layer);

    api.awaitRequest().respond(PollingWithoutJavaTest.CLOSING_REGISTRATION);
    Exchange next = api.awaitRequest();
    Exchange hello = awaitHello(2);

    assertThat(next.requestLine()).isEqualTo(ASK_NEXT);
    assertThat(next.connection()).isEqualTo(2);
    assertThat(hello.connection()).isEqualTo(2);
    assertThat(launcher.awaitExit()).isZero();
    assertThat(layer.arguments(2).get(HANDOVER)).isEqualTo("5000 subscribed waiting");
    assertThat(layer.arguments(2).get(CONNECTION)).isEqualTo("inherited");
  }

  @Test
  void deathOnAnOwnConnectionBeforeSubscribingRequestsNothing() throws Exception {
    FakeLayer layer = layer("exit 1", "hello; exit 0");
    LauncherProcess launcher = start(layer);

    api.awaitRequest().respond(PollingWithoutJavaTest.CLOSING_REGISTRATION);

    assertThat(awaitHello(2).connection()).isEqualTo(2);
    assertThat(launcher.awaitExit()).isZero();
    assertThat(layer.arguments(2).get(HANDOVER)).isEmpty();
  }
}
