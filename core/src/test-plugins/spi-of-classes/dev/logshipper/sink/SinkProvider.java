package dev.logshipper.sink;

/// An SPI whose provider is a class.
public abstract class SinkProvider {}
