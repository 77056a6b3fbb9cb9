package com.example;

import dev.logshipper.pipeline.Pipeline;

/// Uses a class of core that plugins do not see.
public class Acme extends PlainProvider {
  static final Object LANE = Pipeline.Overflow.DROP_OLDEST;
}
