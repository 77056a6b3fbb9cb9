/// What the stand-ins for AWS services share: Signature Version 4, to check and to make.
@NullMarked
package dev.logshipper.sandbox.destination.aws;

import org.jspecify.annotations.NullMarked;
