package dev.logshipper.layer;

import dev.logshipper.sandbox.destination.realservers.Program;
import dev.logshipper.sandbox.destination.realservers.RealFirehose;

class RealMotoIT extends RealFirehoseContract {
  RealMotoIT() {
    super(Program.MOTO);
  }

  @Override
  RealFirehose startEmpty() {
    return RealFirehose.moto();
  }
}
