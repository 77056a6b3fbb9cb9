package dev.logshipper.settings;

import dev.logshipper.platform.RestartState;
import org.jspecify.annotations.Nullable;

/// The arguments of the process: seven if the launcher started it, which has registered already; at
/// most the extension's name if the platform did.
///
/// @param extensionName name of the file that the platform started
/// @param identifier returned by the registration; empty if this process has to register
/// @param registrationBody the platform's response to the registration
/// @param restartState left by a predecessor that died; null without one
/// @param hasConnection whether standard output is the connection to the platform
/// @param hasListener whether standard input is a listening socket for deliveries
/// @param predecessorStatus with which a predecessor exited; empty without one
public record LauncherArguments(
    String extensionName,
    String identifier,
    String registrationBody,
    @Nullable RestartState restartState,
    boolean hasConnection,
    boolean hasListener,
    String predecessorStatus) {
  private static final String DEFAULT_NAME = "log-shipper";
  private static final String INHERITED = "inherited";
  private static final int COUNT = 7;

  /// Parses the arguments of `main`.
  public static LauncherArguments of(String[] args) {
    if (args.length < COUNT) {
      String name = args.length > 0 ? args[0] : DEFAULT_NAME;
      return new LauncherArguments(name, "", "", null, false, false, "");
    }
    return new LauncherArguments(
        args[0],
        args[1],
        args[2],
        RestartState.parse(args[3]),
        args[4].equals(INHERITED),
        args[5].equals(INHERITED),
        args[6]);
  }

  /// Whether a launcher restarts this process if it dies.
  public boolean isSupervised() {
    return !identifier.isEmpty();
  }
}
