package com.example;

/// Fails in its static initializer.
public class Acme extends PlainProvider {
  static {
    fail();
  }

  private static void fail() {
    throw new IllegalStateException("hunter2");
  }
}
