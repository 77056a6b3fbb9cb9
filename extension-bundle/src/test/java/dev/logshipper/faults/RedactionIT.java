package dev.logshipper.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.logshipper.bundle.BundledSink;
import dev.logshipper.layer.PluginLayer;
import dev.logshipper.sandbox.destination.ScriptedResponse;
import dev.logshipper.sandbox.environment.function.LogFormat;
import dev.logshipper.testkit.SourceJar;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;

/// No secret and no line of the function's log leaves the extension, except to the destination.
/// Each row plants words in all variables that may hold secrets and in the lines, at the most
/// verbose log level, and searches all output for them.
@Chapter("Redaction")
class RedactionIT {
  private static final List<Integer> REFUSALS =
      List.of(301, 400, 401, 403, 404, 413, 429, 500, 503);

  @TempDir Path folder;
  private final Canaries canaries = new Canaries();

  @Tag("arm64")
  @Sinks
  @Fault(
      value = "the destination echoes requests in its errors, resets connections, hangs",
      user = "warnings without secrets and lines, ledger",
      lost = Lost.COUNTED,
      ordered = false,
      heldMillisMax = 750)
  void destinationThatEchoes(BundledSink sink, FaultRuns runs) throws Exception {
    FaultRunBuilder builder = talkative(runs.of(sink));
    usable(builder, sink)
        .environment("PUSHER_MAX_HOLD_MS", "500")
        .with(sandbox -> sandbox.freeze(false));
    FaultRun run = builder.start();
    Traces traces = new Traces(run.sandbox());
    run.invoke(1);
    sendSecrets(run);
    Echo echo = new Echo(sink, canaries.plant("text") + " " + canaries.plant("JSON"));
    for (int status : REFUSALS) {
      respondNext(run, echo.status(status));
      traces.look();
    }
    respondNext(run, ScriptedResponse.resetBeforeBody());
    respondNext(run, ScriptedResponse.resetAfterBody());
    run.fail(ScriptedResponse.hang());
    run.invoke(1);
    traces.look();
    run.end();

    assertThat(canaries.in(sent(run))).as("planted where it matters").isNotEmpty();
    assertThat(statuses(run)).containsAll(REFUSALS);
    assertNothingIn(traces, run);
  }

  @Sinks
  @Fault(
      value = "the destination has an untrusted certificate",
      user = "one warning without a secret, ledger",
      lost = Lost.COUNTED,
      heldMillisMax = 2_250)
  void untrustedCertificate(BundledSink sink, FaultRuns runs) throws Exception {
    FaultRunBuilder builder = talkative(runs.of(sink).overTls());
    usable(builder, sink);
    String url = builder.destination().url();
    for (String variable : List.of("ED_ENDPOINT", "LOKI_ENDPOINT_URL")) {
      builder.environment(variable, Secrets.withUser(url, canaries.plant("user of " + variable)));
    }
    for (String other : List.of("PUSHER_HTTP_BEARER_TOKEN", "LOKI_BEARER_TOKEN", "LOKI_PASSWORD")) {
      builder.environment(other, "");
    }
    builder.environment("PUSHER_HTTP_PROXY", "").environment("LOKI_USERNAME", "");
    FaultRun run = builder.start();
    Traces traces = new Traces(run.sandbox());
    run.invoke(2);
    traces.look();
    run.end();

    assertThat(run.deliveries().number("delivered")).isZero();
    assertNothingIn(traces, run);
  }

  @Sinks
  @Fault(
      value = "secret variables are invalid, or contain characters that no header allows",
      user = "one line with their names and without their values, ledger",
      lost = Lost.COUNTED,
      heldMillisMax = 2_250)
  void unusableSecrets(BundledSink sink, FaultRuns runs) throws Exception {
    for (boolean sinkIsOff : new boolean[] {true, false}) {
      FaultRunBuilder builder = talkative(runs.of(sink));
      Map<String, String> needed = sink.environment(builder.destination().url());
      Secrets.unusable(canaries).forEach(builder::environment);
      needed.forEach((name, value) -> {
        String url = Secrets.withUser("https://example.com/", canaries.plant("needed " + name));
        builder.environment(name, sinkIsOff ? url + " two words" : value);
      });
      builder.environment("LOKI_BEARER_TOKEN", "\u0007" + canaries.plant("LOKI_BEARER_TOKEN"));
      FaultRun run = builder.start();
      Traces traces = new Traces(run.sandbox()).look();
      run.invoke(1);
      run.end();

      assertThat(run.output())
          .anyMatch(line -> line.contains("=***: ") && line.contains("expected "));
      assertNothingIn(traces, run);
    }
  }

  @Sinks
  @Fault(
      value = "the extension's JVM crashes (SIGSEGV), and the next one, too",
      user = "two lines of the launcher, and no file: no report, no core",
      lost = Lost.UNCOUNTED,
      heldMillisMax = 2_250)
  void jvmCrashes(BundledSink sink, FaultRuns runs) throws Exception {
    FaultRunBuilder builder = talkative(runs.of(sink));
    usable(builder, sink).with(sandbox -> sandbox.freeze(false));
    FaultRun run = builder.start();
    Traces traces = new Traces(run.sandbox());
    for (int death = 0; death < 2; death++) {
      run.invoke(1);
      traces.look();
      ProcessHandle java = run.java();
      new ProcessBuilder("kill", "-SEGV", Long.toString(java.pid())).start().waitFor();
      java.onExit().get();
      await().ignoreExceptions().until(() -> run.java().pid() != java.pid());
    }
    run.invoke(1);
    run.end();

    assertThat(run.output())
        .filteredOn(line -> line.contains("Java exited with status"))
        .hasSize(2);
    assertNothingIn(traces, run);
  }

  @Sinks
  @Fault(
      value = "a plugin throws from every method, with secrets and lines as messages",
      user = "warnings with the classes of the exceptions, ledger",
      lost = Lost.COUNTED,
      heldMillisMax = 2_250)
  void pluginThatThrowsWords(BundledSink sink, FaultRuns runs) throws Exception {
    PluginLayer layer = PluginLayer.copiedTo(folder.resolve("opt"));
    String word = canaries.plant("message");
    layer.put("bad/bad.jar", plugin("secret-in-static", word));
    layer.put("mute/mute.jar", plugin("secret-in-settings", word));
    layer.put("shut/shut.jar", plugin("secret-in-open", word));
    layer.put("acme/acme.jar", plugin("secret-everywhere", word));
    FaultRunBuilder builder = talkative(runs.of(sink).layer(layer.root()));
    usable(builder, sink)
        .environment("PUSHER_MODE", sink.mode() + ",acme,shut")
        .environment("PUSHER_ACME_TOKEN", canaries.plant("PUSHER_ACME_TOKEN"));
    FaultRun run = builder.start();
    Traces traces = new Traces(run.sandbox());
    run.invoke(2);
    traces.look();
    run.end();

    assertThat(run.deliveries().lost()).as("for our sink").isEmpty();
    assertThat(run.output())
        .anyMatch(line -> line.contains("a thread ended with java.lang.Error at "))
        .anyMatch(line -> line.contains("PUSHER_ACME_TOKEN=***: expected a token"))
        .anyMatch(line -> line.contains("acme: destination unreachable"));
    assertNothingIn(traces, run);
  }

  private static SourceJar plugin(String name, String secret) {
    return SourceJar.plugin(name).sources("secret").entry("secret.txt", secret);
  }

  /// The most verbose log level, and a function that logs planted words.
  private FaultRunBuilder talkative(FaultRunBuilder builder) {
    String text = canaries.plant("text");
    String json = "{\"level\":\"INFO\",\"message\":\"" + canaries.plant("JSON") + "\"}";
    return builder
        .environment("PUSHER_LOG_LEVEL", "debug")
        .environment("PUSHER_FLUSH", "end")
        .with(sandbox -> sandbox.logFormat(LogFormat.JSON))
        .function((invocation, lines) -> {
          lines.write(invocation, 5, 0);
          invocation.log(text);
          invocation.logJson(json);
          invocation.respond("\"" + canaries.plant("response") + "\"");
        });
  }

  private FaultRunBuilder usable(FaultRunBuilder builder, BundledSink sink) {
    Secrets.usable(sink, builder.destination().url(), canaries).forEach(builder::environment);
    return builder.environment("LOKI_USERNAME", "me");
  }

  /// Sends one scripted response to the records of the next invocation.
  private static void respondNext(FaultRun run, ScriptedResponse answer) throws Exception {
    int before = run.destination().requests().size();
    run.destination().respondNext(answer);
    run.invoke(1);
    await().until(() -> run.destination().requests().size() > before);
  }

  /// A client of the listener sends planted words.
  private void sendSecrets(FaultRun run) throws IOException {
    String word = canaries.plant("hostile");
    try (HostileClient intruder = new HostileClient(run.sandbox())) {
      for (String request :
          List.of(
              "GET /" + word + " HTTP/1.1\r\nAuthorization: " + word + "\r\n\r\n",
              word + "\r\n\r\n",
              "POST /../" + word + " HTTP/1.1\r\nContent-Length: " + word + "\r\n\r\n",
              post("{\"" + word + "\":"),
              post(
                  "[{\"type\":\""
                      + word
                      + "\",\"time\":\""
                      + word
                      + "\",\"record\":"
                      + word
                      + "}]"),
              post(
                  "[{\"type\":\"platform.start\",\"record\":{\"requestId\":[\""
                      + word
                      + "\"]}}]"))) {
        assertThat(HostileClient.statusLine(intruder.send(request))).startsWith("HTTP/1.1 ");
      }
    }
  }

  private static String post(String body) {
    return "POST / HTTP/1.1\r\nContent-Length: " + body.length() + "\r\n\r\n" + body;
  }

  private static String sent(FaultRun run) {
    return run.destination().requests().stream()
        .map(request -> request.path() + request.headers())
        .collect(Collectors.joining("\n"));
  }

  private static Set<Integer> statuses(FaultRun run) {
    return run.destination().requests().stream()
        .filter(request -> request.response() instanceof ScriptedResponse.Http)
        .map(request -> ((ScriptedResponse.Http) request.response()).status())
        .collect(Collectors.toSet());
  }

  private void assertNothingIn(Traces traces, FaultRun run) throws IOException {
    assertThat(run.output()).as("as much as it can say").anyMatch(l -> l.contains("shutting down"));
    assertThat(traces.of(canaries)).as("secrets and lines, by where they came out").isEmpty();
    assertThat(traces.files()).as("files left").isEmpty();
  }
}
