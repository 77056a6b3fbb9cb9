package com.example;

/// Fails in `mode()`.
public class Acme extends PlainProvider {
  @Override
  public String mode() {
    throw new UnsupportedOperationException("hunter2");
  }
}
