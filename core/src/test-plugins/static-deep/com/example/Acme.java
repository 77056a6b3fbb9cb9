package com.example;

/// Overflows the stack in its static initializer.
public class Acme extends PlainProvider {
  static final int DEPTH = depth(0);

  private static int depth(int n) {
    return depth(n + 1) + 1;
  }
}
