package dev.logshipper.layer;

import dev.logshipper.sandbox.destination.realservers.Program;
import dev.logshipper.sandbox.destination.realservers.RealFirehose;

class RealLocalstackIT extends RealFirehoseContract {
  RealLocalstackIT() {
    super(Program.LOCALSTACK);
  }

  @Override
  RealFirehose startEmpty() {
    return RealFirehose.localStack();
  }
}
