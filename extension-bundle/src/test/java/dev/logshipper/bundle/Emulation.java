package dev.logshipper.bundle;

import dev.logshipper.sandbox.environment.SandboxBuilder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;

/// The layer under test, and longer limits if it is for a processor that this machine emulates, 5
/// to 20 times slower. A limit that a test sets itself remains: such a test is about time.
public final class Emulation {
  /// The layer's folder.
  public static final Path LAYER = Path.of(System.getProperty("layer.directory", "target/layer"));

  private static final int SLOWER = 10;
  private static final int FACTOR = processor() == Processor.ofThisMachine() ? 1 : SLOWER;
  private static final long INIT_MILLIS_MAX = 10_000;
  private static final long FUNCTION_MILLIS_MAX = 3_000;
  private static final long SHUTDOWN_MILLIS_MAX = 2_000;
  private static final long HOLD_MILLIS_MAX = 2_000;
  private static final long WARM_UP_MILLIS_MAX = 5_000;

  private Emulation() {}

  /// The processor of the layer under test, without a layer that of this machine.
  static Processor processor() {
    Path launcher = LAYER.resolve("extensions/log-shipper");
    try {
      return launcher.toFile().exists() ? Processor.of(launcher) : Processor.ofThisMachine();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// A limit, longer in an emulation.
  public static long limit(long ordinary) {
    return ordinary * FACTOR;
  }

  /// Sets the longer limits in an emulation, and nothing otherwise. Init then also warms the sinks
  /// up, because core ends its own work after 1.4 s of a SHUTDOWN, which a first send would exceed.
  public static SandboxBuilder limits(SandboxBuilder sandbox) {
    return FACTOR == 1
        ? sandbox
        : sandbox
            .initTimeoutMillis(limit(INIT_MILLIS_MAX))
            .timeoutMillis(limit(FUNCTION_MILLIS_MAX))
            .shutdownWindowMillis(limit(SHUTDOWN_MILLIS_MAX))
            .environment("PUSHER_WARM_UP_MS", Long.toString(WARM_UP_MILLIS_MAX))
            .environment("PUSHER_MAX_HOLD_MS", Long.toString(limit(HOLD_MILLIS_MAX)));
  }
}
