/// Signature Version 4, created and verified, for the stand-ins of AWS services.
@NullMarked
package dev.logshipper.sandbox.destination.aws;

import org.jspecify.annotations.NullMarked;
