package dev.logshipper.sink;

/// An interface that only a newer SPI has.
public interface Newer extends SinkProvider {}
