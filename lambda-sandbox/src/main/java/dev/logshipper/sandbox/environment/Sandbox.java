package dev.logshipper.sandbox.environment;

import dev.logshipper.sandbox.environment.telemetry.DroppedEvent;
import dev.logshipper.sandbox.environment.telemetry.PartialDelivery;
import dev.logshipper.sandbox.environment.telemetry.TelemetryEvent;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// A Lambda execution environment on this machine: extensions from a folder, a function, and the
/// platform between them.
///
/// Safe for use by several threads; invocations queue up, except on Managed Instances. Closing a
/// sandbox kills all its processes.
public final class Sandbox implements AutoCloseable {

  private final Timeline timeline = new Timeline();
  private final Worker worker;
  private final ReentrantLock turn = new ReentrantLock(true);
  private final Invoker invoker;
  private @Nullable ShutdownOutcome shutdown;

  private Sandbox(SandboxSettings settings) {
    this.worker = new Worker(settings, timeline);
    this.invoker = new Invoker(settings, worker, turn);
  }

  /// Describes a sandbox.
  public static SandboxBuilder builder() {
    return new SandboxBuilder();
  }

  static Sandbox start(SandboxSettings settings) throws InterruptedException {
    WarmUp.once(settings.identity());
    Sandbox sandbox = new Sandbox(settings);
    try {
      long deadlineNanos = System.nanoTime() + settings.initTimeoutMillis() * 1_000_000L;
      if (sandbox.worker.ensureRunning("init", deadlineNanos)) {
        sandbox.invoker.reportInitNext();
        sandbox.worker.freezeIfEnabled();
      }
      return sandbox;
    } catch (InterruptedException | RuntimeException e) {
      sandbox.close();
      throw e;
    }
  }

  /// The outcome of the last init phase.
  public InitOutcome init() {
    return worker.init();
  }

  /// Invokes the function and returns when its environment is frozen again (or was reset). A broken
  /// environment is first initialised again, within the function's timeout.
  ///
  /// @throws InterruptedException when interrupted; the environment's state is undefined then
  public InvocationOutcome invoke(String payload) throws InterruptedException {
    return invoke(payload, UUID.randomUUID().toString());
  }

  /// As [#invoke(String)], with a request id of the test's choosing: the retry of an asynchronous
  /// invocation has that of the failed attempt.
  ///
  /// @throws InterruptedException when interrupted; the environment's state is undefined then
  public InvocationOutcome invoke(String payload, String requestId) throws InterruptedException {
    InvocationOutcome outcome = invoker.invoke(payload, requestId);
    timeline.ended(outcome);
    return outcome;
  }

  /// Invokes the function on another thread.
  public CompletableFuture<InvocationOutcome> invokeAsync(String payload) {
    return CompletableFuture.supplyAsync(
        () -> {
          try {
            return invoke(payload);
          } catch (InterruptedException e) {
            throw new CompletionException(e);
          }
        },
        command -> Thread.ofVirtual().name("invocation").start(command));
  }

  /// Stops all processes and all deliveries after the current invocation. The next invocation thaws
  /// them.
  public void freeze() throws InterruptedException {
    turn.lockInterruptibly();
    try {
      worker.freeze();
    } finally {
      turn.unlock();
    }
  }

  /// Lets them go on.
  public void thaw() {
    turn.lock();
    try {
      worker.thaw();
    } finally {
      turn.unlock();
    }
  }

  /// Restores the environment from the snapshot that SnapStart has taken after init; does nothing
  /// without one. The processes go on, and the platform repeats its events of the init. To imitate
  /// the time between, close the destinations' connections before, and move the clocks.
  public void restore() throws InterruptedException {
    invoker.restore();
  }

  /// Stops all processes at once, even during an invocation, until [#resume()], and returns when
  /// they are stopped. The platform does not notice: it goes on delivering, and its deadlines pass.
  /// A scripted function is no process and goes on. A process still suspended at shutdown is killed
  /// when the window closes.
  ///
  /// @throws IllegalStateException when there is no environment
  public void suspend() throws InterruptedException {
    worker.environment().suspend();
  }

  /// Continues suspended processes; those that the platform has frozen meanwhile stay frozen.
  ///
  /// @throws IllegalStateException when there is no environment
  public void resume() {
    worker.environment().resume();
  }

  /// The extensions of the present environment, or of the last one if there is none.
  public List<ExtensionProcess> extensions() {
    return worker.extensions();
  }

  /// The lines that extensions have printed so far.
  public List<String> extensionOutput() {
    return worker.output().lines();
  }

  /// The processes' private temporary folder (`TMPDIR`), which survives resets.
  public Path temporaryFolder() {
    return worker.temporaryFolder();
  }

  /// All events so far.
  public Timeline timeline() {
    return timeline;
  }

  /// Emits an event to all subscribers of its kind.
  ///
  /// @param recordJson any JSON value; other text is sent as it is and makes the delivery
  ///   unreadable
  public void emit(String type, String recordJson) {
    worker.hub().publish(TelemetryEvent.ofJson(type, recordJson));
  }

  /// Every event dropped so far because a subscriber's buffer was full
  /// ([TelemetryBehaviour#bufferBytesMax(long)]). Subscribers get the number with the next delivery
  /// that they accept, so drops after the last delivery are never reported to them.
  public List<DroppedEvent> dropped() {
    return worker.hub().dropped();
  }

  /// Delivers a body of the test's choosing to the only subscriber and returns its status.
  ///
  /// @throws IllegalStateException unless there is exactly one subscriber and the environment is
  ///   thawed
  public int deliverRaw(byte[] body) throws IOException, InterruptedException {
    return worker.hub().deliverRaw(body);
  }

  /// Sends the head and the first bytes of the given body to the only subscriber, on a new
  /// connection. [PartialDelivery#finish()] sends the remainder.
  ///
  /// @throws IllegalStateException unless there is exactly one subscriber and the environment is
  ///   thawed
  public PartialDelivery beginDelivery(byte[] body, int bytes) throws IOException {
    return worker.hub().beginDelivery(body, bytes);
  }

  /// Delivers the buffered events now, regardless of the subscriptions' limits, and waits until
  /// they are accepted.
  ///
  /// @return false when it was not within that time, or when the environment is frozen
  public boolean deliverNow(long millisMax) throws InterruptedException {
    worker.hub().flush();
    return worker.hub().awaitDelivered(millisMax);
  }

  /// Ends the environment; a second call returns the first outcome.
  ///
  /// @param reason the `shutdownReason` for extensions, for example `spindown`
  public ShutdownOutcome shutdown(String reason) throws InterruptedException {
    turn.lockInterruptibly();
    try {
      ShutdownOutcome outcome = shutdown;
      if (outcome == null) {
        invoker.close();
        outcome = worker.end(reason);
        shutdown = outcome;
      }
      return outcome;
    } finally {
      turn.unlock();
    }
  }

  /// Shuts down unless that was done before, and frees all resources.
  @Override
  public void close() {
    boolean interrupted = Thread.interrupted();
    try {
      ShutdownOutcome _ = shutdown("spindown");
    } catch (InterruptedException e) {
      interrupted = true;
    } finally {
      worker.close();
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
