package dev.logshipper.sink;

/// An SPI whose provider has no version.
public interface SinkProvider {
  String mode();
}
