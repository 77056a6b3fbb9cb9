package dev.logshipper.bench.process;

import dev.logshipper.sandbox.environment.Sandbox;
import dev.logshipper.sandbox.environment.SandboxBuilder;
import java.io.IOException;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/// The CPU time of a function and its extensions. Lambda grants it in proportion to memory, one
/// core at 1,769 MB (docs.aws.amazon.com/lambda/latest/dg/configuration-memory.html).
///
/// @param memoryMegabytes of the function; 0 for no limit
/// @param fromInit whether it applies to init too, in which Lambda grants most functions more
public record CpuLimit(int memoryMegabytes, boolean fromInit) {
  public static final CpuLimit NONE = new CpuLimit(0, false);
  public static final int ONE_CORE_MEGABYTES = 1_769;

  private static final AtomicInteger NAMES = new AtomicInteger();
  private static final boolean CGROUPS = canCreateCgroup();

  /// Applies the limit while it is open.
  interface Limiter extends AutoCloseable {
    /// Called before the sandbox starts.
    void prepare(SandboxBuilder sandbox);

    /// Called after its init.
    void begin(Sandbox sandbox) throws IOException;

    /// Called before SHUTDOWN, which a stopped process would not receive.
    default void end() {}

    @Override
    void close() throws IOException;
  }

  double cores() {
    return memoryMegabytes / (double) ONE_CORE_MEGABYTES;
  }

  /// As in the titles of tables.
  public String description() {
    if (memoryMegabytes == 0) {
      return "CPU not limited";
    }
    String means =
        areCgroupsAvailable() ? "by a cgroup" : "by SIGSTOP and SIGCONT, from init's end on";
    String when = fromInit ? ", in init too" : ", init unlimited";
    return "CPU of " + memoryMegabytes + " MB " + means + (areCgroupsAvailable() ? when : "");
  }

  Limiter open() throws IOException {
    if (memoryMegabytes == 0) {
      return new Unlimited();
    }
    return areCgroupsAvailable() ? new CgroupLimiter(this) : new DutyCycleLimiter(cores());
  }

  public static boolean areCgroupsAvailable() {
    return CGROUPS;
  }

  private static boolean canCreateCgroup() {
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

  private record Unlimited() implements Limiter {
    @Override
    public void prepare(SandboxBuilder sandbox) {}

    @Override
    public void begin(Sandbox sandbox) {}

    @Override
    public void close() {}
  }

  private static final class CgroupLimiter implements Limiter {
    private final CpuLimit limit;
    private final Cgroup group = group();

    CgroupLimiter(CpuLimit limit) throws IOException {
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

  private static final class DutyCycleLimiter implements Limiter {
    private final double share;
    private @Nullable DutyCycle cycle;

    DutyCycleLimiter(double share) {
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
