package com.example;

import dev.logshipper.sink.Newer;

/// Implements an interface that only a newer SPI has.
public abstract class Acme implements Newer {}
