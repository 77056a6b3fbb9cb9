package com.example;

/// Fails in its constructor.
public class Acme extends PlainProvider {
  public Acme() {
    throw new IllegalStateException("hunter2");
  }
}
