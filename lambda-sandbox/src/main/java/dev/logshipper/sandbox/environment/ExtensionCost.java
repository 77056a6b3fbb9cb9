package dev.logshipper.sandbox.environment;

import dev.logshipper.sandbox.environment.process.MemoryUse;
import java.util.List;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/// The cost of an extension's processes. Times are milliseconds since the sandbox requested the
/// execution of its file, including some 2 ms for the JVM and `setsid` to do so.
///
/// @param registerMillis until it had registered
/// @param readyMillis until its first `/next`
/// @param firstDeliveryMillis until it had accepted its first logs
/// @param heldMillis by invocation: for how long it held the environment after the function was
///   done
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
