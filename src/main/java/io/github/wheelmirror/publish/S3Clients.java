package io.github.wheelmirror.publish;

import io.github.wheelmirror.Credentials;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import javax.net.ssl.TrustManager;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.checksums.RequestChecksumCalculation;
import software.amazon.awssdk.core.checksums.ResponseChecksumValidation;
import software.amazon.awssdk.core.retry.RetryMode;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.S3ClientBuilder;
import software.amazon.awssdk.services.s3.S3Configuration;

/** Makes Amazon's client as the servers of buckets need it. */
final class S3Clients {
  private static final Duration CONNECT = Duration.ofSeconds(20);
  private static final Duration ANSWER = Duration.ofSeconds(60);

  private S3Clients() {}

  /** The client of one bucket; the first request connects. */
  static S3Client of(S3Settings settings, HostNetwork network) {
    UrlConnectionHttpClient.Builder http =
        UrlConnectionHttpClient.builder().connectionTimeout(CONNECT).socketTimeout(ANSWER);
    List<TrustManager> trust = network.trustManagers().get();
    if (!trust.isEmpty()) {
      http.tlsTrustManagersProvider(() -> trust.toArray(new TrustManager[0]));
    }
    boolean elsewhere = !settings.endpoint().isEmpty();
    S3ClientBuilder builder =
        S3Client.builder()
            .httpClientBuilder(http)
            .credentialsProvider(credentials(settings.credentials()))
            // a dot in the name does not fit the certificate of the bucket's host
            .forcePathStyle(elsewhere || settings.bucket().contains("."))
            // SHA-256 is sent where it matters; what servers of before 2025 do not know is not
            .requestChecksumCalculation(RequestChecksumCalculation.WHEN_REQUIRED)
            .responseChecksumValidation(ResponseChecksumValidation.WHEN_REQUIRED)
            .serviceConfiguration(S3Configuration.builder().chunkedEncodingEnabled(false).build())
            .overrideConfiguration(override -> override.retryStrategy(RetryMode.STANDARD));
    if (elsewhere) {
      builder.endpointOverride(URI.create(settings.endpoint()));
    }
    if (!settings.awsRegion().isEmpty()) {
      builder.region(Region.of(settings.awsRegion()));
    } else if (elsewhere) {
      builder.region(Region.US_EAST_1);
    }
    return builder.build();
  }

  private static AwsCredentialsProvider credentials(Credentials given) {
    return given.isPresent()
        ? StaticCredentialsProvider.create(
            AwsBasicCredentials.create(given.username(), given.password().reveal()))
        : DefaultCredentialsProvider.builder().build();
  }
}
