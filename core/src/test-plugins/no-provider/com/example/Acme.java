package com.example;

/// Implements nothing.
public class Acme {}
