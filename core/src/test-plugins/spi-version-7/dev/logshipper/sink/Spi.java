package dev.logshipper.sink;

/// That of another version of the SPI.
public final class Spi {
  public static final int VERSION = 7;
}
