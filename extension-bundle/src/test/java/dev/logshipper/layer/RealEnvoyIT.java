package dev.logshipper.layer;

import dev.logshipper.sandbox.destination.realservers.Program;

class RealEnvoyIT extends RealProxyContract {
  RealEnvoyIT() {
    super(Program.ENVOY);
  }
}
