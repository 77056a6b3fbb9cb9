package dev.logshipper.sandbox.process;

/// The signals a sandbox sends, with Linux's numbers (the same on x86-64 and arm64).
public enum Signal {
  KILL(9),
  TERM(15),
  CONTINUE(18),
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
