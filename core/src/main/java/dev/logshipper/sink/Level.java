package dev.logshipper.sink;

/// How much the extension logs about itself.
public enum Level {
  OFF,
  WARN,
  INFO,
  DEBUG
}
