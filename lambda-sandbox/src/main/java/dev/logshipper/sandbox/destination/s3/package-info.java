/// A stand-in for Amazon S3: buckets of this and other accounts and regions, objects that are
/// written whole or not at all, and S3's checks of a request.
@NullMarked
package dev.logshipper.sandbox.destination.s3;

import org.jspecify.annotations.NullMarked;
