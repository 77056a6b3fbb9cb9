package dev.logshipper.sandbox.environment.process;

/// The signals a sandbox sends, with Linux's numbers (the same on x86-64 and arm64).
public enum Signal {
  /// Ends a process, even a stopped one; cannot be caught.
  KILL(9),
  /// Requests a process to end.
  TERM(15),
  /// Lets a stopped process go on.
  CONTINUE(18),
  /// Stops a process; cannot be caught.
  STOP(19);

  private final int number;

  Signal(int number) {
    this.number = number;
  }

  void toProcess(long pid) {
    LibC.kill(pid, number);
  }

  void toGroup(long leaderPid) {
    LibC.kill(-leaderPid, number);
  }
}
