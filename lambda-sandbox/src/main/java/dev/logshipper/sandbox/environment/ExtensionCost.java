package dev.logshipper.sandbox.environment;

import dev.logshipper.sandbox.environment.process.MemoryUse;
import java.util.List;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/// What an extension's processes cost. Times are milliseconds since the sandbox asked for its file
/// to be executed; what the JVM and `setsid` take to do so, some 2 ms, is in them.
///
/// @param registerMillis until it had registered
/// @param readyMillis until its first `/next`
/// @param firstDeliveryMillis until it had accepted its first logs
/// @param heldMillis per invocation, how long it kept the environment after the function was done
/// @param cpuToReadyMillis CPU time, user and system, seen when init ended
/// @param cpuMillis CPU time seen last
/// @param memoryAtReady when init ended; null before
/// @param memoryAtEnd before SHUTDOWN; null before
public record ExtensionCost(
    OptionalDouble registerMillis,
    OptionalDouble readyMillis,
    OptionalDouble firstDeliveryMillis,
    List<Double> heldMillis,
    double cpuToReadyMillis,
    double cpuMillis,
    @Nullable MemoryUse memoryAtReady,
    @Nullable MemoryUse memoryAtEnd) {

  public ExtensionCost {
    heldMillis = List.copyOf(heldMillis);
  }
}
