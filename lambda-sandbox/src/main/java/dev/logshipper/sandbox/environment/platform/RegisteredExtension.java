package dev.logshipper.sandbox.environment.platform;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Set;
import java.util.UUID;

/// An extension that has registered. Changed under the environment's monitor only.
public final class RegisteredExtension {

  /// @param identifier the value of `Lambda-Extension-Event-Identifier`, empty for none
  record Event(String json, String identifier) {}

  private final String id = UUID.randomUUID().toString();
  private final String name;
  private final Set<String> events;
  private final long registeredNanos = System.nanoTime();
  private final Deque<Event> queue = new ArrayDeque<>();
  private boolean waiting;
  private boolean reportedError;
  private volatile long readyNanos;
  private volatile long lastNextNanos;

  RegisteredExtension(String name, Set<String> events) {
    this.name = name;
    this.events = Set.copyOf(events);
  }

  String id() {
    return id;
  }

  /// The name it registered under.
  public String name() {
    return name;
  }

  /// The events it registered for: `INVOKE`, `SHUTDOWN`.
  public Set<String> events() {
    return events;
  }

  /// [System#nanoTime()] when it registered.
  public long registeredNanos() {
    return registeredNanos;
  }

  /// [System#nanoTime()] of its first `/next`, 0 before.
  public long readyNanos() {
    return readyNanos;
  }

  /// [System#nanoTime()] of its last `/next`, 0 before.
  public long lastNextNanos() {
    return lastNextNanos;
  }

  void expectUsable() {
    if (waiting || reportedError) {
      String state = waiting ? "Ready" : "ExitError";
      throw Rejection.forbidden(
          "Extension.InvalidExtensionState",
          "State transition from " + state + " to Ready failed for extension " + name);
    }
  }

  void startWaiting() {
    expectUsable();
    waiting = true;
    lastNextNanos = System.nanoTime();
    if (readyNanos == 0) {
      readyNanos = lastNextNanos;
    }
  }

  boolean hasEvent() {
    return !queue.isEmpty();
  }

  Event takeEvent() {
    waiting = false;
    return queue.remove();
  }

  void offer(Event event) {
    queue.add(event);
  }

  /// In `/next` with nothing to do: ready after init, done after an invocation.
  boolean isIdle() {
    return waiting && queue.isEmpty();
  }

  void reportError() {
    reportedError = true;
  }
}
