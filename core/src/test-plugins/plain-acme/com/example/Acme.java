package com.example;

/// Changes nothing.
public class Acme extends PlainProvider {}
