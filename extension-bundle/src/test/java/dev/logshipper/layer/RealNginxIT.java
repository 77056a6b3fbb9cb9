package dev.logshipper.layer;

import dev.logshipper.sandbox.destination.realservers.Program;

class RealNginxIT extends RealProxyContract {
  RealNginxIT() {
    super(Program.NGINX);
  }
}
