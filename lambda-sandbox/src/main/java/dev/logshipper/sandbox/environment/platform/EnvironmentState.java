package dev.logshipper.sandbox.environment.platform;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.logshipper.sandbox.environment.timeline.Journal;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/// The state of an environment from the start of its processes to their end: registered extensions,
/// callers waiting in `/next`, the first failure. A reset starts with another instance.
///
/// Safe for use by several threads. Events are noted under the lock, so the journal's order is that
/// of the changes. Deadlines are on the clock of [System#nanoTime()]; every wait also ends when the
/// environment fails or is closed.
public final class EnvironmentState {

  private final Monitor monitor = new Monitor();
  private final Journal journal;
  private final ExtensionRegistry extensions;
  private final RuntimeSlot runtime;
  private @Nullable EnvironmentFailure failure;
  private boolean restored = true;
  private boolean stopping;
  private boolean closed;

  /// Creates the state of an environment without registered extensions.
  ///
  /// @param externalNames the names of the files in the extensions folder
  /// @param managedInstances whether invocations are concurrent and extensions get no event for
  ///   them
  public EnvironmentState(Set<String> externalNames, boolean managedInstances, Journal journal) {
    Set<String> events = managedInstances ? Set.of("SHUTDOWN") : Set.of("INVOKE", "SHUTDOWN");
    this.extensions = new ExtensionRegistry(externalNames, events);
    this.runtime = new RuntimeSlot(managedInstances);
    this.journal = journal;
  }

  // Calls by extensions and the runtime.

  RegisteredExtension register(String name, String body) {
    return monitor.locked(() -> {
      RegisteredExtension extension = extensions.register(name, body);
      note("extension.registered", extension, "events", List.copyOf(extension.events()));
      return extension;
    });
  }

  RegisteredExtension identified(String id) {
    return monitor.locked(() -> extensions.identified(id));
  }

  /// Waits for the extension's next event; null when the environment ends first.
  RegisteredExtension.@Nullable Event nextEvent(String id) throws InterruptedException {
    RegisteredExtension extension =
        monitor.locked(() -> {
          RegisteredExtension caller = extensions.identified(id);
          caller.startWaiting();
          boolean first = caller.readyNanos() == caller.lastNextNanos();
          note("extension.next", caller, "first", first);
          return caller;
        });
    return monitor.<RegisteredExtension.@Nullable Event>when(
        () -> extension.hasEvent() || closed, () -> takeEvent(extension));
  }

  private RegisteredExtension.@Nullable Event takeEvent(RegisteredExtension extension) {
    if (!extension.hasEvent()) {
      return null;
    }
    RegisteredExtension.Event event = extension.takeEvent();
    note("extension.event", extension, "event", event.json());
    return event;
  }

  void extensionError(String id, String errorType, String detail, boolean duringInit) {
    monitor.change(() -> {
      RegisteredExtension caller = extensions.identified(id);
      if (duringInit && caller.readyNanos() != 0) {
        throw Rejection.forbidden(
            "Extension.InvalidExtensionState",
            "State transition from Ready to InitError failed for extension " + caller.name());
      }
      caller.expectUsable();
      caller.reportError();
      note("extension.error", caller, "errorType", errorType);
    });
    fail(duringInit ? "Extension.InitError" : "Extension.ExitError", errorType + " " + detail);
  }

  /// Waits for the runtime's next invocation; null when the environment ends first.
  public @Nullable InvocationTask nextInvocation() throws InterruptedException {
    monitor.change(() -> {
      runtime.startWaiting();
      journal.note("runtime.next", Map.of());
    });
    return monitor.<@Nullable InvocationTask>when(
        () -> runtime.hasTask() || closed, runtime::stopWaiting);
  }

  /// Waits until the environment has been restored from a snapshot; false when it ends first.
  boolean awaitRestore() throws InterruptedException {
    monitor.change(() -> {
      if (!restored) {
        runtime.startWaitingForRestore();
      }
      journal.note("runtime.restore-next", Map.of());
    });
    return monitor.when(() -> restored || closed, () -> restored);
  }

  /// Accepts the response of a runtime in this JVM.
  ///
  /// @param errorType null for a response
  /// @return whether the invocation was in flight; false if it was abandoned meanwhile
  public boolean respond(InvocationTask task, String body, @Nullable String errorType) {
    return respond(task.requestId(), task.invocationId(), body, errorType);
  }

  /// Accepts the runtime's response to an invocation.
  ///
  /// @param invocationId which of the invocations with that request id; empty for the first of them
  /// @param errorType null for a response
  /// @return whether that invocation was in flight; false also if it was abandoned meanwhile
  boolean respond(String requestId, String invocationId, String body, @Nullable String errorType) {
    return monitor.locked(() -> {
      boolean known = runtime.respond(requestId, invocationId, body, errorType);
      journal.note(
          "runtime.responded",
          Map.of("requestId", requestId, "error", errorType != null, "known", known));
      return known;
    });
  }

  private void note(String kind, RegisteredExtension extension, String detail, Object value) {
    journal.note(kind, Map.of("name", extension.name(), detail, value));
  }

  // Calls by the environment.

  /// Records the first reason why this environment cannot go on; ignored once it is stopping.
  public void fail(String errorType, String message) {
    monitor.change(() -> {
      if (failure == null && !stopping) {
        failure = new EnvironmentFailure(errorType, message);
        journal.note("environment.failed", Map.of("errorType", errorType, "message", message));
      }
    });
  }

  /// The reason why it cannot go on, if any.
  public @Nullable EnvironmentFailure failure() {
    return monitor.<@Nullable EnvironmentFailure>locked(() -> failure);
  }

  /// Waits until each file of the extensions folder has registered.
  public boolean awaitRegistered(long deadlineNanos) throws InterruptedException {
    return awaitSuccess(extensions::allExternalRegistered, deadlineNanos);
  }

  /// Waits until the runtime is in `/next` with nothing to do.
  public boolean awaitRuntimeIdle(long deadlineNanos) throws InterruptedException {
    return awaitSuccess(runtime::isIdle, deadlineNanos);
  }

  /// Waits until all extensions are in `/next` with nothing to do.
  public boolean awaitExtensionsIdle(long deadlineNanos) throws InterruptedException {
    return awaitSuccess(extensions::allIdle, deadlineNanos);
  }

  /// Waits until the runtime has responded to an invocation.
  public boolean awaitResponse(InvocationTask task, long deadlineNanos)
      throws InterruptedException {
    return awaitSuccess(task::responded, deadlineNanos);
  }

  private boolean awaitSuccess(BooleanSupplier condition, long deadlineNanos)
      throws InterruptedException {
    boolean met =
        monitor.await(() -> failure != null || closed || condition.getAsBoolean(), deadlineNanos);
    return met && failure() == null;
  }

  /// The environment is going to be a snapshot.
  public void expectRestore() {
    monitor.change(() -> restored = false);
  }

  /// The snapshot has been restored.
  public void restore() {
    monitor.change(() -> {
      restored = true;
      runtime.restore();
    });
  }

  /// Ends init: internal extensions can no longer register.
  public void closeRegistration() {
    monitor.change(extensions::closeForInternal);
  }

  /// Hands an invocation to the runtime.
  public void toRuntime(InvocationTask task) {
    monitor.change(() -> runtime.offer(task));
  }

  /// Abandons an invocation.
  public void abandon(InvocationTask task) {
    monitor.change(() -> runtime.abandon(task));
  }

  /// Sends an invocation's event to the extensions that registered for it.
  public void toExtensions(InvocationTask task, String functionArn) {
    ObjectNode event = JsonNodeFactory.instance.objectNode();
    event.put("eventType", "INVOKE").put("deadlineMs", task.deadlineEpochMillis());
    event.put("requestId", task.requestId()).put("invokedFunctionArn", functionArn);
    event.putObject("tracing").put("type", "X-Amzn-Trace-Id").put("value", task.traceHeader());
    offer("INVOKE", event.toString(), UUID.randomUUID().toString());
  }

  /// Sends SHUTDOWN to the extensions that registered for it. From now on the end of an extension
  /// is no failure of the environment.
  public void shutdown(String reason, long deadlineEpochMillis) {
    ObjectNode event = JsonNodeFactory.instance.objectNode();
    event.put("eventType", "SHUTDOWN").put("shutdownReason", reason);
    offer("SHUTDOWN", event.put("deadlineMs", deadlineEpochMillis).toString(), "");
  }

  private void offer(String eventType, String json, String identifier) {
    monitor.change(() ->
        extensions.all().stream()
            .filter(extension -> extension.events().contains(eventType))
            .forEach(
                extension -> extension.offer(new RegisteredExtension.Event(json, identifier))));
  }

  /// From now on the end of a process is no failure.
  public void stopping() {
    monitor.change(() -> stopping = true);
  }

  /// Ends all waits; the connections of waiting requests are closed without a response.
  public void close() {
    monitor.change(() -> closed = true);
  }

  /// [System#nanoTime()] of the runtime's last `/next`.
  public long runtimeNextNanos() {
    return monitor.locked(runtime::lastNextNanos);
  }

  /// The extension of that name, if it has registered.
  public @Nullable RegisteredExtension extension(String name) {
    return monitor.<@Nullable RegisteredExtension>locked(() -> extensions.named(name));
  }

  /// All that have registered.
  public List<RegisteredExtension> registered() {
    return monitor.locked(() -> List.copyOf(extensions.all()));
  }
}
