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

/// One life of an environment, from the start of its processes to their end: who has registered,
/// who waits in `/next`, and what went wrong. A reset begins another generation.
///
/// Safe for use by several threads. What happens is noted under the lock, so the journal's order is
/// that of the changes. Deadlines are on the clock of [System#nanoTime()]; every wait also ends
/// when the generation fails or is closed.
public final class EnvironmentState {

  private final Monitor monitor = new Monitor();
  private final Journal journal;
  private final ExtensionRegistry extensions;
  private final RuntimeSlot runtime;
  private @Nullable EnvironmentFailure failure;
  private boolean stopping;
  private boolean closed;

  /// Begins one that nobody has registered with yet.
  ///
  /// @param externalNames the names of the files in the extensions folder
  /// @param managedInstances whether invocations run side by side and extensions hear of none
  public EnvironmentState(Set<String> externalNames, boolean managedInstances, Journal journal) {
    Set<String> events = managedInstances ? Set.of("SHUTDOWN") : Set.of("INVOKE", "SHUTDOWN");
    this.extensions = new ExtensionRegistry(externalNames, events);
    this.runtime = new RuntimeSlot(managedInstances);
    this.journal = journal;
  }

  // What extensions and the runtime do.

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

  /// Waits for the extension's next event; null when this generation ends first.
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

  /// Waits for the runtime's next invocation; null when this generation ends first.
  public @Nullable InvocationTask nextInvocation() throws InterruptedException {
    monitor.change(() -> {
      runtime.startWaiting();
      journal.note("runtime.next", Map.of());
    });
    return monitor.<@Nullable InvocationTask>when(
        () -> runtime.hasTask() || closed, runtime::stopWaiting);
  }

  /// Takes the runtime's answer to an invocation.
  ///
  /// @param errorType null for a response
  /// @return whether that invocation was the runtime's; false also when it was given up meanwhile
  public boolean answer(String requestId, String body, @Nullable String errorType) {
    return monitor.locked(() -> {
      boolean known = runtime.answer(requestId, body, errorType);
      journal.note(
          "runtime.answered",
          Map.of("requestId", requestId, "error", errorType != null, "known", known));
      return known;
    });
  }

  private void note(String kind, RegisteredExtension extension, String detail, Object value) {
    journal.note(kind, Map.of("name", extension.name(), detail, value));
  }

  // What the environment does with them.

  /// Notes the first reason why this generation cannot go on; none counts once it is stopping.
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
  public boolean awaitRuntimeResting(long deadlineNanos) throws InterruptedException {
    return awaitSuccess(runtime::resting, deadlineNanos);
  }

  /// Waits until all extensions are in `/next` with nothing to do.
  public boolean awaitExtensionsResting(long deadlineNanos) throws InterruptedException {
    return awaitSuccess(extensions::allResting, deadlineNanos);
  }

  /// Waits until the runtime has answered an invocation.
  public boolean awaitAnswer(InvocationTask task, long deadlineNanos) throws InterruptedException {
    return awaitSuccess(task::answered, deadlineNanos);
  }

  private boolean awaitSuccess(BooleanSupplier condition, long deadlineNanos)
      throws InterruptedException {
    boolean met =
        monitor.await(() -> failure != null || closed || condition.getAsBoolean(), deadlineNanos);
    return met && failure() == null;
  }

  /// Ends init: internal extensions come too late from now on.
  public void closeRegistration() {
    monitor.change(extensions::closeForInternal);
  }

  /// Hands an invocation to the runtime.
  public void toRuntime(InvocationTask task) {
    monitor.change(() -> runtime.offer(task));
  }

  /// Gives up an invocation.
  public void forget(InvocationTask task) {
    monitor.change(() -> runtime.forget(task));
  }

  /// Tells the extensions that asked for it of an invocation.
  public void toExtensions(InvocationTask task, String functionArn) {
    ObjectNode event = JsonNodeFactory.instance.objectNode();
    event.put("eventType", "INVOKE").put("deadlineMs", task.deadlineEpochMillis());
    event.put("requestId", task.requestId()).put("invokedFunctionArn", functionArn);
    event.putObject("tracing").put("type", "X-Amzn-Trace-Id").put("value", task.traceHeader());
    offer("INVOKE", event.toString(), UUID.randomUUID().toString());
  }

  /// Tells the extensions that asked for it that the end has come. From now on none of them fails
  /// the environment by ending.
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

  /// Ends all waiting; connections whose requests were waiting are closed without an answer.
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
