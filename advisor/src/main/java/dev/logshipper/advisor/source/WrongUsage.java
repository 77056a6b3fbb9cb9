package dev.logshipper.advisor.source;

/// Input that cannot be used: the message is one line, and shows no value of a variable.
public final class WrongUsage extends RuntimeException {
  private static final long serialVersionUID = 1;

  public WrongUsage(String message) {
    super(message, null, false, false);
  }
}
