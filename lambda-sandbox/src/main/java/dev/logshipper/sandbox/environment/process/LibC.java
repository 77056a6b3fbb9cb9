package dev.logshipper.sandbox.environment.process;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.nio.file.Path;
import java.util.OptionalLong;

/// The C functions that Java has no equivalent for: signals to a process group, another process's
/// CPU clock (nanoseconds, where `/proc/PID/stat` has steps of 10 ms), and named pipes.
final class LibC {

  private static final MethodHandle KILL =
      function("kill", FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_INT));
  private static final MethodHandle CLOCK_GETTIME =
      function("clock_gettime", FunctionDescriptor.of(JAVA_INT, JAVA_INT, ADDRESS));

  private static final MethodHandle MKFIFO =
      function("mkfifo", FunctionDescriptor.of(JAVA_INT, ADDRESS, JAVA_INT));

  private static final int OWNER_ONLY = 0600;

  /// `CPUCLOCK_SCHED` of the kernel's `posix-timers.h`: user and system time of all threads,
  /// including ended ones.
  private static final int PROCESS_CPU_CLOCK = 2;

  private LibC() {}

  /// kill(2). A target that does not exist is no error.
  static void kill(long target, int signal) {
    try {
      int _ = (int) KILL.invokeExact((int) target, signal);
    } catch (Throwable e) {
      throw new IllegalStateException("kill(2) cannot be called", e);
    }
  }

  /// CPU time of a process in nanoseconds, without its children's; empty if it has ended.
  static OptionalLong cpuNanos(long pid) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment timespec = arena.allocate(16, 8);
      int clock = (~(int) pid << 3) | PROCESS_CPU_CLOCK;
      if ((int) CLOCK_GETTIME.invokeExact(clock, timespec) != 0) {
        return OptionalLong.empty();
      }
      long seconds = timespec.get(JAVA_LONG, 0);
      return OptionalLong.of(seconds * 1_000_000_000L + timespec.get(JAVA_LONG, 8));
    } catch (Throwable e) {
      throw new IllegalStateException("clock_gettime(2) cannot be called", e);
    }
  }

  /// mkfifo(3).
  static void makeFifo(Path path) throws IOException {
    int result;
    try (Arena arena = Arena.ofConfined()) {
      result = (int) MKFIFO.invokeExact(arena.allocateFrom(path.toString()), OWNER_ONLY);
    } catch (Throwable e) {
      throw new IllegalStateException("mkfifo(3) cannot be called", e);
    }
    if (result != 0) {
      throw new IOException("No named pipe at " + path);
    }
  }

  // Calling C is "restricted" because a wrong signature crashes the JVM; these are right.
  @SuppressWarnings("restricted")
  private static MethodHandle function(String name, FunctionDescriptor signature) {
    Linker linker = Linker.nativeLinker();
    return linker.downcallHandle(linker.defaultLookup().findOrThrow(name), signature);
  }
}
