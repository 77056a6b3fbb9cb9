package dev.logshipper.layer;

import dev.logshipper.sandbox.destination.realservers.Program;

class RealHaproxyIT extends RealProxyContract {
  RealHaproxyIT() {
    super(Program.HAPROXY);
  }
}
