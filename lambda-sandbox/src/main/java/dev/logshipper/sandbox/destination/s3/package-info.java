/// A stand-in for Amazon S3: buckets of this and other accounts and regions, objects that are
/// written whole or not at all, and the checks that S3 makes of what it is sent.
@NullMarked
package dev.logshipper.sandbox.destination.s3;

import org.jspecify.annotations.NullMarked;
