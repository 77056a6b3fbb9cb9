package com.example;

/// Throws an error of the JVM in its static initializer.
public class Acme extends PlainProvider {
  static {
    fail();
  }

  private static void fail() {
    throw new OutOfMemoryError("hunter2");
  }
}
