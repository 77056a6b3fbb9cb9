package com.example;

import dev.logshipper.sink.SinkProvider;

/// Built against an SPI whose provider is a class.
public class Acme extends SinkProvider {}
