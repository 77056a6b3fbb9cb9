package com.example;

/// Has the mode of no other.
public class Acme extends PlainProvider {
  @Override
  public String mode() {
    return "zeta-2";
  }
}
