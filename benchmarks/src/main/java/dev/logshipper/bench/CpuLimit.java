package dev.logshipper.bench;

import dev.logshipper.sandbox.environment.Sandbox;
import dev.logshipper.sandbox.environment.SandboxBuilder;
import java.io.IOException;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/// How much CPU time a function of some memory gets, its extensions included: Lambda gives it in
/// proportion, one core at 1,769 MB
/// (docs.aws.amazon.com/lambda/latest/dg/configuration-memory.html). Immutable.
///
/// @param memoryMegabytes the function's; 0 for no limit
/// @param fromInit whether it holds in init too, where Lambda gives more to most functions
record CpuLimit(int memoryMegabytes, boolean fromInit) {
  static final CpuLimit NONE = new CpuLimit(0, false);
  static final int ONE_CORE_MEGABYTES = 1_769;

  private static final AtomicInteger NAMES = new AtomicInteger();

  /// Sets it while it is open.
  interface Hold extends AutoCloseable {
    /// Before the sandbox starts.
    void prepare(SandboxBuilder sandbox);

    /// After its init.
    void begin(Sandbox sandbox) throws IOException;

    /// Before SHUTDOWN: who is stopped then would not hear of it.
    default void end() {}

    @Override
    void close() throws IOException;
  }

  double cores() {
    return memoryMegabytes / (double) ONE_CORE_MEGABYTES;
  }

  /// How a table says it.
  String words() {
    if (memoryMegabytes == 0) {
      return "CPU not limited";
    }
    String means =
        groupsAreToBeHad() ? "by a cgroup" : "by SIGSTOP and SIGCONT, from init's end on";
    String when = fromInit ? ", in init too" : ", init unlimited";
    return "CPU of " + memoryMegabytes + " MB " + means + (groupsAreToBeHad() ? when : "");
  }

  Hold hold() throws IOException {
    if (memoryMegabytes == 0) {
      return new Free();
    }
    return groupsAreToBeHad() ? new ByGroup(this) : new ByTurns(cores());
  }

  static boolean groupsAreToBeHad() {
    try (Cgroup _ = group()) {
      return true;
    } catch (IOException _) {
      return false;
    }
  }

  private static Cgroup group() throws IOException {
    String name = "log-shipper-bench-" + ProcessHandle.current().pid();
    return Cgroup.in(CgroupParent.of("cpu"), "cpu", name + "-" + NAMES.incrementAndGet());
  }

  private record Free() implements Hold {
    @Override
    public void prepare(SandboxBuilder sandbox) {}

    @Override
    public void begin(Sandbox sandbox) {}

    @Override
    public void close() {}
  }

  private static final class ByGroup implements Hold {
    private final CpuLimit limit;
    private final Cgroup group = group();

    ByGroup(CpuLimit limit) throws IOException {
      this.limit = limit;
      if (limit.fromInit()) {
        group.limitCores(limit.cores());
      }
    }

    @Override
    public void prepare(SandboxBuilder sandbox) {
      sandbox.onProcess(group::add);
    }

    @Override
    public void begin(Sandbox sandbox) throws IOException {
      group.limitCores(limit.cores());
    }

    @Override
    public void close() throws IOException {
      group.close();
    }
  }

  private static final class ByTurns implements Hold {
    private final double share;
    private @Nullable DutyCycle cycle;

    ByTurns(double share) {
      this.share = share;
    }

    @Override
    public void prepare(SandboxBuilder sandbox) {}

    @Override
    public void begin(Sandbox sandbox) {
      if (share < 1) {
        cycle = new DutyCycle(sandbox, share);
      }
    }

    @Override
    public void end() {
      DutyCycle running = cycle;
      if (running != null) {
        running.close();
      }
    }

    @Override
    public void close() {
      end();
    }
  }
}
