package dev.logshipper.sink.support;

import static org.assertj.core.api.Assertions.assertThat;

import dev.logshipper.config.Settings;
import java.net.URI;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AwsSettingsTest {
  /// Against `partitions.json` of the SDK.
  @ParameterizedTest
  @CsvSource({
    "lambda, eu-west-1, false, false, https://lambda.eu-west-1.amazonaws.com",
    "lambda, cn-north-1, false, false, https://lambda.cn-north-1.amazonaws.com.cn",
    "lambda, eusc-de-east-1, false, false, https://lambda.eusc-de-east-1.amazonaws.eu",
    "lambda, us-gov-west-1, false, false, https://lambda.us-gov-west-1.amazonaws.com",
    "lambda, us-iso-east-1, false, false, https://lambda.us-iso-east-1.c2s.ic.gov",
    "lambda, us-isob-east-1, false, false, https://lambda.us-isob-east-1.sc2s.sgov.gov",
    "lambda, eu-isoe-west-1, false, false, https://lambda.eu-isoe-west-1.cloud.adc-e.uk",
    "lambda, us-isof-south-1, false, false, https://lambda.us-isof-south-1.csp.hci.ic.gov",
    "lambda, xx-new-1, false, false,",
    "lambda, us-east-1, true, false, https://lambda-fips.us-east-1.amazonaws.com",
    "lambda, us-east-1, false, true, https://lambda.us-east-1.api.aws",
    "lambda, us-east-1, true, true, https://lambda-fips.us-east-1.api.aws",
    "lambda, cn-north-1, false, true, https://lambda.cn-north-1.api.amazonwebservices.com.cn",
    "lambda, eusc-de-east-1, false, true, https://lambda.eusc-de-east-1.api.amazonwebservices.eu",
    "lambda, us-gov-west-1, true, false, https://lambda-fips.us-gov-west-1.amazonaws.com",
    "sts, us-east-1, true, false, https://sts-fips.us-east-1.amazonaws.com",
    "sts, us-gov-west-1, true, false, https://sts.us-gov-west-1.amazonaws.com",
  })
  void publicEndpointIsThatOfThePartition(
      String service, String region, String fips, String dualStack, @Nullable String endpoint) {
    Settings settings =
        Settings.of(
            Map.of("AWS_USE_FIPS_ENDPOINT", fips, "AWS_USE_DUALSTACK_ENDPOINT", dualStack),
            List.of(AwsSettings.USE_FIPS, AwsSettings.USE_DUAL_STACK));
    URI expected = endpoint == null ? null : URI.create(endpoint);

    assertThat(AwsSettings.publicEndpoint(service, region, settings)).isEqualTo(expected);
  }
}
