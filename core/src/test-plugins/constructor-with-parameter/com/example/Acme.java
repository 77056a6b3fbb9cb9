package com.example;

/// Has no constructor without parameters.
public class Acme extends PlainProvider {
  public Acme(int size) {}
}
