/// What sinks share that speak to AWS through its SDK: an HTTP client that ends when it is told to,
/// credentials, endpoints, and what failures mean.
@NullMarked
package dev.logshipper.client.aws;

import org.jspecify.annotations.NullMarked;
