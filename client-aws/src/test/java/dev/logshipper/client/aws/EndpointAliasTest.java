package dev.logshipper.client.aws;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.InterceptorContext;
import software.amazon.awssdk.http.SdkHttpFullRequest;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;

class EndpointAliasTest {

  @ParameterizedTest
  @ValueSource(strings = {"http://a", "https://a.b:1/c", "http://[::1]:9000", "http://127.0.0.1"})
  void hostThatTheSdkKnowsNeedsNone(URI endpoint) {
    EndpointAlias alias = EndpointAlias.of(endpoint);

    assertThat(alias.isNeeded()).isFalse();
    assertThat(alias.url()).isEqualTo(endpoint);
  }

  @ParameterizedTest
  @CsvSource({
    "http://project_minio:9000, '', project_minio",
    "http://project_minio:9000, logs., logs.project_minio",
    "https://_a.b-/x, '', _a.b-",
    "http://host.7, '', host.7",
    "http://my_host., '', my_host."
  })
  void requestGetsTheTrueHost(URI endpoint, String bucket, String expected) {
    EndpointAlias alias = EndpointAlias.of(endpoint);
    URI known = alias.url();

    assertThat(known.getHost()).isNotNull();
    assertThat(known.getPath()).isEqualTo(endpoint.getPath());
    assertThat(sent(alias, known.resolve("//" + bucket + known.getRawAuthority() + "/")).host())
        .isEqualTo(expected);
  }

  @Test
  void requestToAnotherHostIsUnchanged() {
    EndpointAlias alias = EndpointAlias.of(URI.create("http://my_host"));

    assertThat(sent(alias, URI.create("http://other")).host()).isEqualTo("other");
  }

  private static SdkHttpRequest sent(EndpointAlias alias, URI url) {
    SdkHttpFullRequest request =
        SdkHttpFullRequest.builder().method(SdkHttpMethod.PUT).uri(url).build();
    return alias.modifyHttpRequest(
        InterceptorContext.builder()
            .request(PutObjectRequest.builder().build())
            .httpRequest(request)
            .build(),
        new ExecutionAttributes());
  }
}
