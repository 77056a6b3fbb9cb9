package dev.logshipper.sandbox.environment;

import dev.logshipper.sandbox.environment.platform.EnvironmentState;
import dev.logshipper.sandbox.environment.platform.FunctionIdentity;
import dev.logshipper.sandbox.environment.platform.InvocationTask;
import dev.logshipper.sandbox.environment.platform.PlatformServer;
import dev.logshipper.sandbox.environment.process.ChildProcess;
import dev.logshipper.sandbox.environment.process.MemoryUse;
import dev.logshipper.sandbox.environment.process.Outputs;
import dev.logshipper.sandbox.environment.process.Program;
import dev.logshipper.sandbox.environment.process.Signal;
import dev.logshipper.sandbox.environment.telemetry.DeliveryRules;
import dev.logshipper.sandbox.environment.telemetry.SubscriptionRules;
import dev.logshipper.sandbox.environment.telemetry.TelemetryApi;
import dev.logshipper.sandbox.environment.telemetry.TelemetryEvent;
import dev.logshipper.sandbox.environment.telemetry.TelemetryHub;
import dev.logshipper.sandbox.environment.timeline.Journal;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;

/// Runs an extension's start against another platform, and measures a process, once per JVM.
/// Loading and running the sandbox's code for the first time (15 ms for a request, 70 ms to read
/// the memory) would otherwise count as the first extension's time.
final class WarmUp {

  private static final int ROUNDS = 30;
  private static final int PROCESSES = 5;
  private static boolean done;

  private final TelemetryHub hub;
  private final PlatformServer server;
  private final HttpClient client;

  private WarmUp(TelemetryHub hub, PlatformServer server, HttpClient client) {
    this.hub = hub;
    this.server = server;
    this.client = client;
  }

  static synchronized void once(FunctionIdentity function) throws InterruptedException {
    if (done) {
      return;
    }
    done = true;
    SubscriptionRules all = new SubscriptionRules(false, true, true, Set.of());
    DeliveryRules patient = new DeliveryRules(1 << 20, 1_000);
    try (TelemetryHub hub = new TelemetryHub(all, patient, noJournal());
        PlatformServer server = new PlatformServer(function, hub, InstantSource.system());
        HttpClient client = HttpClient.newHttpClient()) {
      WarmUp warmUp = new WarmUp(hub, server, client);
      for (int i = 0; i < ROUNDS; i++) {
        warmUp.round();
      }
      for (int i = 0; i < PROCESSES; i++) {
        measureProcess();
      }
    } catch (IOException e) {
      throw new UncheckedIOException("The platform does not respond to itself", e);
    }
  }

  private static Journal noJournal() {
    return (kind, details) -> {};
  }

  private static void measureProcess() throws IOException, InterruptedException {
    ChildProcess process =
        ChildProcess.start(
            new Program(List.of("sleep", "60"), System.getenv(), Path.of("/")),
            Outputs.joined(line -> {}));
    process.signal(Signal.STOP);
    process.awaitStopped(1_000);
    double _ = process.cpuMillis();
    MemoryUse _ = process.memory();
    process.kill();
  }

  private void round() throws IOException, InterruptedException {
    EnvironmentState state = new EnvironmentState(Set.of("warm-up"), false, noJournal());
    server.serve(state);
    hub.openSubscriptions();
    String id =
        send("POST", "/2020-01-01/extension/register", "{\"events\":[\"INVOKE\"]}", "none")
            .headers()
            .firstValue("Lambda-Extension-Identifier")
            .orElseThrow();
    HttpResponse<String> _ = send("PUT", TelemetryApi.TELEMETRY.path(), subscription(), id);
    hub.publish(TelemetryEvent.ofLine("function", "warm-up"));
    hub.flush();
    state.toExtensions(new InvocationTask("{}", 0), "arn");
    HttpResponse<String> _ = send("GET", "/2020-01-01/extension/event/next", "", id);
    hub.dropSubscribers();
  }

  private HttpResponse<String> send(String method, String path, String body, String id)
      throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("http://" + server.address() + path))
            .header("Lambda-Extension-Name", "warm-up")
            .header("Lambda-Extension-Identifier", id)
            .method(method, BodyPublishers.ofString(body))
            .build();
    return client.send(request, BodyHandlers.ofString());
  }

  /// A subscription for the platform's own address, which rejects it: all code has run by then.
  private String subscription() {
    String port = server.address().substring(server.address().indexOf(':') + 1);
    return """
    {"schemaVersion":"2022-12-13","types":["function"],\
    "destination":{"protocol":"HTTP","URI":"http://sandbox:%s"}}\
    """
        .formatted(port);
  }
}
