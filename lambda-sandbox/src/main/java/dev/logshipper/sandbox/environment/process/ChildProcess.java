package dev.logshipper.sandbox.environment.process;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.LongConsumer;

/// A program in a separate session and process group, with all processes it starts.
///
/// Safe for use by several threads. No program, frozen or not, outlives this JVM unless the JVM
/// itself is killed with SIGKILL.
public final class ChildProcess {

  private static final String HOLD = "kill -STOP $$; exec \"$0\" \"$@\"";
  private static final long QUIET_NANOS = 500_000;
  private static final long QUIET_WAIT_NANOS_MAX = 20_000_000;
  private static final Set<ChildProcess> LIVING = ConcurrentHashMap.newKeySet();

  static {
    Runtime.getRuntime()
        .addShutdownHook(new Thread(() -> LIVING.forEach(ChildProcess::kill), "sandbox-reaper"));
  }

  private final Process process;
  private final LinePump output;
  private final Thread outputThread;
  private final long startedNanos;
  private final CompletableFuture<Integer> exited;
  private volatile double cpuMillisSeen;

  private ChildProcess(Process process, long startedNanos, String name, Consumer<String> lines) {
    this.process = process;
    this.startedNanos = startedNanos;
    this.output = new LinePump(process.getInputStream(), lines);
    this.outputThread = Thread.ofPlatform().daemon().name("output-of-" + name).start(output);
    LIVING.add(this);
    this.exited =
        process
            .onExit()
            .thenApply(ended -> {
              LIVING.remove(this);
              return ended.exitValue();
            });
  }

  /// Starts a program.
  ///
  /// @param command the program's path, which becomes its argument 0, and its arguments
  /// @param environment all its variables; none is inherited
  /// @param lines called with each line of stdout and stderr, in order, on another thread
  /// @throws IOException if it cannot be started
  public static ChildProcess start(
      List<String> command, Map<String, String> environment, Path folder, Consumer<String> lines)
      throws IOException {
    // Before, not after: the program may be well under way when start() returns.
    long startedNanos = System.nanoTime();
    return start(command, startedNanos, launch(command, environment, folder), lines);
  }

  /// Starts a program that is stopped before its first instruction until that consumer has
  /// returned: time to limit it by its process id. Costs it a shell, 1 ms of CPU time, which
  /// replaces itself.
  ///
  /// @throws IOException if it cannot be started
  /// @throws InterruptedException when interrupted; the program is killed then
  public static ChildProcess startHeld(
      List<String> command,
      Map<String, String> environment,
      Path folder,
      Consumer<String> lines,
      LongConsumer whileHeld)
      throws IOException, InterruptedException {
    List<String> held = new ArrayList<>(List.of("/bin/sh", "-c", HOLD));
    held.addAll(command);
    Process process = launch(held, environment, folder);
    try {
      while (process.isAlive() && !isStopped(process.pid())) {
        Thread.sleep(0, 200_000);
      }
    } catch (InterruptedException e) {
      Process _ = process.destroyForcibly();
      throw e;
    }
    whileHeld.accept(process.pid());
    ChildProcess child = start(command, System.nanoTime(), process, lines);
    child.signal(Signal.CONTINUE);
    return child;
  }

  private static boolean isStopped(long pid) {
    return ProcFileSystem.session(pid).stream().anyMatch(member -> member.state() == 'T');
  }

  private static Process launch(List<String> command, Map<String, String> environment, Path folder)
      throws IOException {
    List<String> inOwnSession = new ArrayList<>(List.of("setsid"));
    inOwnSession.addAll(command);
    ProcessBuilder builder = new ProcessBuilder(inOwnSession);
    builder.environment().clear();
    builder.environment().putAll(environment);
    builder.directory(folder.toFile());
    builder.redirectErrorStream(true);
    builder.redirectInput(Path.of("/dev/null").toFile());
    return builder.start();
  }

  private static ChildProcess start(
      List<String> command, long startedNanos, Process process, Consumer<String> lines) {
    String name = Path.of(command.getFirst()).getFileName().toString();
    return new ChildProcess(process, startedNanos, name, lines);
  }

  /// The process id of the program itself: `setsid` replaces itself with it.
  public long pid() {
    return process.pid();
  }

  /// All live processes of its session.
  public List<Long> pids() {
    return ProcFileSystem.session(pid()).stream().map(ProcFileSystem.Stat::pid).toList();
  }

  /// [System#nanoTime()] when its start was requested, some 2 ms before its first instruction.
  public long startedNanos() {
    return startedNanos;
  }

  /// Done with the exit code when the program ends; 128 + number after a signal.
  public CompletableFuture<Integer> exited() {
    return exited;
  }

  /// Sends a signal to its process group, if any process of it remains.
  public void signal(Signal signal) {
    if (process.isAlive()) {
      signal.toGroup(pid());
    }
  }

  /// Waits until SIGSTOP has reached all of its process group, which the kernel does
  /// asynchronously.
  ///
  /// @param millisMax a process in uninterruptible sleep may not stop
  public void awaitStopped(long millisMax) throws InterruptedException {
    long deadlineNanos = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millisMax);
    while (runs() && System.nanoTime() < deadlineNanos) {
      Thread.sleep(0, 200_000);
    }
  }

  private boolean runs() {
    return ProcFileSystem.session(pid()).stream()
        .anyMatch(member -> member.group() == pid() && member.state() != 'T');
  }

  /// Sends SIGKILL to it, its process group, and all other processes of its session.
  public void kill() {
    // At first it has neither a group nor a session. By its handle: `Process` itself would close
    // the pipe, and the last output of an ended program would be lost.
    boolean _ = process.toHandle().destroyForcibly();
    Signal.KILL.toGroup(pid());
    ProcFileSystem.session(pid()).forEach(member -> Signal.KILL.toProcess(member.pid()));
  }

  /// Waits until its output so far was passed on: until the pipe has been silent for half a
  /// millisecond, up to a limit.
  public void awaitQuiet() throws InterruptedException {
    long quietFromNanos = System.nanoTime() + QUIET_NANOS;
    long deadlineNanos = System.nanoTime() + QUIET_WAIT_NANOS_MAX;
    while (System.nanoTime() < deadlineNanos
        && (output.quietNanos() < QUIET_NANOS || System.nanoTime() < quietFromNanos)) {
      Thread.sleep(0, 100_000);
    }
  }

  /// Waits until the last line of an ended program was passed on.
  ///
  /// @param millisMax a child outside the session may hold the pipe open without end
  public void awaitOutputEnd(long millisMax) throws InterruptedException {
    outputThread.join(millisMax);
  }

  /// CPU time in milliseconds, user and system, of all its processes and of the ended children they
  /// have waited for. For an ended program: the last value seen.
  public double cpuMillis() {
    double millis = 0;
    for (ProcFileSystem.Stat member : ProcFileSystem.session(pid())) {
      millis += LibC.cpuNanos(member.pid()).orElse(0) / 1e6 + member.reapedChildrenMillis();
    }
    cpuMillisSeen = Math.max(cpuMillisSeen, millis);
    return cpuMillisSeen;
  }

  /// Memory of all its processes.
  public MemoryUse memory() {
    return ProcFileSystem.session(pid()).stream()
        .map(member -> ProcFileSystem.memory(member.pid()))
        .reduce(MemoryUse.NONE, MemoryUse::plus);
  }
}
