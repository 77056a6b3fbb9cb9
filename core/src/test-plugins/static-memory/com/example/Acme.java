package com.example;

/// Exhausts the memory in its static initializer.
public class Acme extends PlainProvider {
  static final long[] ALL = new long[1 << 29];
}
