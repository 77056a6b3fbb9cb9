package com.example;

/// Has a blank mode.
public class Acme extends PlainProvider {
  @Override
  public String mode() {
    return " ";
  }
}
