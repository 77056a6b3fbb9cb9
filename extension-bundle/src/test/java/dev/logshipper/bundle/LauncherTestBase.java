package dev.logshipper.bundle;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;

/// A scripted platform for each test, and launchers that are stopped with it.
abstract class LauncherTestBase {
  static final String IDENTIFIER = "3da1f2dc-3222-475e-9205-e2e6c6318895";
  static final String REGISTRATION =
      "{\"functionName\":\"helloWorld\",\"functionVersion\":\"$LATEST\",\"accountId\":\"1\"}";
  static final String INVOKE = "{\"eventType\":\"INVOKE\",\"requestId\":\"r-1\"}";
  static final String SHUTDOWN = "{\"eventType\":\"SHUTDOWN\",\"shutdownReason\":\"spindown\"}";
  static final String ASK_NEXT = "GET /2020-01-01/extension/event/next HTTP/1.1";

  @TempDir Path folder;
  final FakeExtensionsApi api = new FakeExtensionsApi();
  private final List<LauncherProcess> launchers = new ArrayList<>();

  @AfterEach
  void stop() {
    launchers.forEach(LauncherProcess::close);
    api.close();
  }

  FakeLayer layer(String... scripts) throws IOException {
    return FakeLayer.at(folder.resolve("layer"), scripts);
  }

  LauncherProcess start(FakeLayer layer) throws IOException {
    return start(layer.launcher(), Map.of());
  }

  LauncherProcess start(Path launcher, Map<String, String> environment) throws IOException {
    return start(List.of(launcher.toString()), environment);
  }

  /// Starts it through other programs; unless the environment has it otherwise, without an early
  /// start.
  LauncherProcess start(List<String> command, Map<String, String> environment) throws IOException {
    Map<String, String> variables = LauncherProcess.environment(api, environment);
    variables.putIfAbsent("PUSHER_EARLY_START", "false");
    LauncherProcess process = LauncherProcess.start(command, variables);
    launchers.add(process);
    return process;
  }

  /// Starts it and lets the platform register it.
  LauncherProcess startRegistered(FakeLayer layer) throws IOException, InterruptedException {
    LauncherProcess process = start(layer);
    api.awaitRequest().register(IDENTIFIER, REGISTRATION);
    return process;
  }

  /// The request that a scripted Java sends with `hello`.
  Exchange awaitHello(int start) throws InterruptedException {
    Exchange hello = api.awaitRequest();
    assertThat(hello.requestLine()).isEqualTo("GET /java/" + start + " HTTP/1.1");
    return hello;
  }
}
