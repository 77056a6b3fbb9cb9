package dev.logshipper.sink.support;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SizeWordingTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http: request body too large",
        "{\"error\":\"payload_too_large\"}",
        "{\"code\":\"PayloadTooLarge\"}",
        "EntityTooLarge Your proposed upload exceeds the maximum allowed object size.",
        "MaxMessageLengthExceeded",
        "Request size limit exceeded",
        "Request size exceeded 10485760 bytes",
        "Request payload size exceeds the limit: 10485760 bytes.",
        "Maximum request length exceeded.",
        "Maximum upload size exceeded",
        "RequestDataTooBig at /logs",
        "Request body exceeded settings.DATA_UPLOAD_MAX_MEMORY_SIZE.",
        "the request filtering module denies a request that exceeds the request content length",
        "Body buffer overflow",
        "Batch requests cannot be longer than 262144 bytes. You have sent 900000 bytes.",
        "Total size of the entries in the request is over the limit.",
        "The received message (size:900000 bytes) exceeds the limit (262144 bytes)",
        "grpc: received message larger than max (5000000 vs. 4194304)",
        "Content-Length of 900000 too large (maximum is 838860)",
        "data too large, data for [<http_request>] would be [99/99b], which is larger than the limit"
      })
  void sizeIsTheReason(String text) {
    assertThat(SizeWording.isIn(text)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "Bad Request",
        "field level is too long",
        "Rate exceeded",
        "Request rate limit exceeded: 1000 bytes per second",
        "Request Header Or Cookie Too Large",
        "Request-URI Too Long",
        "KeyTooLongError Your key is too long",
        "MetadataTooLarge Your metadata headers exceed the maximum allowed metadata size",
        "daily quota of the body bytes exceeded",
        "Maximum active stream limit exceeded, reduce the number of active streams"
      })
  void anotherReason(String text) {
    assertThat(SizeWording.isIn(text)).isFalse();
  }
}
