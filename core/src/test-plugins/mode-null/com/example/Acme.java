package com.example;

/// Has no mode.
public class Acme extends PlainProvider {
  @Override
  public String mode() {
    return null;
  }
}
