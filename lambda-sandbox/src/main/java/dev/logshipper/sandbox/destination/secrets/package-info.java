/// A stand-in for Secrets Manager and for the parameter store of SSM, which speak the same
/// protocol.
@NullMarked
package dev.logshipper.sandbox.destination.secrets;

import org.jspecify.annotations.NullMarked;
