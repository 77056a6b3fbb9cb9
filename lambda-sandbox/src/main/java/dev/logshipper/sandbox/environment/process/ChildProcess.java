package dev.logshipper.sandbox.environment.process;

import java.io.IOException;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.LongConsumer;

/// A program in a separate session and process group, with all processes it starts.
///
/// Safe for use by several threads. No program, frozen or not, outlives this JVM unless the JVM
/// itself is killed with SIGKILL.
public final class ChildProcess {

  private static final String HOLD = "kill -STOP $$; exec \"$0\" \"$@\"";
  private static final Set<ChildProcess> LIVING = ConcurrentHashMap.newKeySet();

  static {
    Runtime.getRuntime()
        .addShutdownHook(new Thread(() -> LIVING.forEach(ChildProcess::kill), "sandbox-reaper"));
  }

  private final Process process;
  private final List<OutputReader> readers;
  private final long startedNanos;
  private final CompletableFuture<Integer> exited;
  private volatile double cpuMillisSeen;

  private ChildProcess(Process process, long startedNanos, List<OutputReader> readers) {
    this.process = process;
    this.startedNanos = startedNanos;
    this.readers = readers;
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
  /// @throws IOException if it cannot be started
  public static ChildProcess start(Program program, Outputs outputs) throws IOException {
    // Before, not after: the program may be well under way when start() returns.
    long startedNanos = System.nanoTime();
    Launch launch = Launch.of(program, outputs, List.of());
    return new ChildProcess(launch.process(), startedNanos, launch.readers());
  }

  /// Starts a program that is stopped before its first instruction until that consumer has
  /// returned: time to limit it by its process id. Costs it a shell, 1 ms of CPU time, which
  /// replaces itself.
  ///
  /// @throws IOException if it cannot be started
  /// @throws InterruptedException when interrupted; the program is killed then
  public static ChildProcess startHeld(Program program, Outputs outputs, LongConsumer whileHeld)
      throws IOException, InterruptedException {
    Launch launch = Launch.of(program, outputs, List.of("/bin/sh", "-c", HOLD));
    Process process = launch.process();
    try {
      while (process.isAlive() && !isStopped(process.pid())) {
        Thread.sleep(0, 200_000);
      }
    } catch (InterruptedException e) {
      Process _ = process.destroyForcibly();
      throw e;
    }
    whileHeld.accept(process.pid());
    ChildProcess child = new ChildProcess(process, System.nanoTime(), launch.readers());
    child.signal(Signal.CONTINUE);
    return child;
  }

  private static boolean isStopped(long pid) {
    return ProcFileSystem.session(pid).stream().anyMatch(member -> member.state() == 'T');
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

  /// Waits, briefly, until its output so far was passed on.
  public void awaitQuiet() throws InterruptedException {
    OutputReader.awaitQuiet(readers);
  }

  /// Waits until the last output of an ended program was passed on.
  ///
  /// @param millisMax a child outside the session may hold a pipe open without end
  public void awaitOutputEnd(long millisMax) throws InterruptedException {
    long deadlineNanos = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millisMax);
    for (OutputReader reader : readers) {
      reader.join(Math.max(1, TimeUnit.NANOSECONDS.toMillis(deadlineNanos - System.nanoTime())));
    }
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

  /// Memory of the program's own process.
  public MemoryUse ownMemory() {
    return ProcFileSystem.memory(pid());
  }

  /// Memory of all its processes.
  public MemoryUse memory() {
    return ProcFileSystem.session(pid()).stream()
        .map(member -> ProcFileSystem.memory(member.pid()))
        .reduce(MemoryUse.NONE, MemoryUse::plus);
  }
}
