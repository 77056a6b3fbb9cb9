package dev.logshipper.sink;

/// The enum of a newer SPI, with one method more.
public enum Level {
  OFF;

  public String label() {
    return "";
  }
}
