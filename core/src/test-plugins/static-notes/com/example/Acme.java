package com.example;

/// Leaves a trace when its class is initialized.
public class Acme extends PlainProvider {
  static {
    System.setProperty("acme.ran", "yes");
  }
}
