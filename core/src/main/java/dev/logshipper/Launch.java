package dev.logshipper;

import dev.logshipper.platform.RestartState;
import java.util.Optional;

/// How this process was started: by the launcher, which has registered already, or by itself.
///
/// @param extensionName name of the file that the platform started
/// @param identifier given at registration; empty when there was none yet
/// @param registrationBody the platform's answer to it
/// @param handover what a dead predecessor left
/// @param isInherited whether standard input is the connection to the platform
record Launch(
    String extensionName,
    String identifier,
    String registrationBody,
    Optional<RestartState> handover,
    boolean isInherited) {
  private static final String DEFAULT_NAME = "log-shipper";
  private static final int LAUNCHER_ARGUMENTS = 5;

  /// Reads the program's arguments: the five of the launcher, or at most the extension's name.
  static Launch of(String[] args) {
    if (args.length < LAUNCHER_ARGUMENTS) {
      String name = args.length > 0 ? args[0] : DEFAULT_NAME;
      return new Launch(name, "", "", Optional.empty(), false);
    }
    return new Launch(
        args[0],
        args[1],
        args[2],
        Optional.ofNullable(RestartState.parse(args[3])),
        args[4].equals("inherited"));
  }

  /// Whether a launcher watches over this process and starts it again.
  boolean isGuarded() {
    return !identifier.isEmpty();
  }
}
