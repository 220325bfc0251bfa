package io.github.wheelmirror.publish;

import java.io.UncheckedIOException;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.AbortedException;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.model.S3Error;
import software.amazon.awssdk.services.s3.model.S3Exception;

/** Turns what a bucket's server says into why and what to do. */
final class S3Errors {

  private S3Errors() {}

  /** Whether the bucket answered that it has no such object. */
  static boolean isMissing(SdkException e) {
    return e instanceof S3Exception s3
        && s3.statusCode() == 404
        && !code(s3).equals("NoSuchBucket");
  }

  /** Whether a server said something, were it that it cannot. */
  static boolean isAnswered(ObjectStoreException e) {
    return e.getCause() instanceof AwsServiceException;
  }

  /**
   * Whether no server said anything; not if it was something of this machine's that failed: the run
   * was told to end, or what was to be written cannot be read.
   */
  static boolean isUnanswered(ObjectStoreException e) {
    for (Throwable cause = e.getCause(); cause != null; cause = cause.getCause()) {
      if (cause instanceof AbortedException || cause instanceof UncheckedIOException) {
        return false;
      }
    }
    return e.getCause() instanceof SdkClientException;
  }

  /**
   * The error after all repetitions.
   *
   * @param permission what the request needs, in the words of policies
   * @param key of the object, or what the listed ones begin with
   */
  static ObjectStoreException of(
      S3Settings settings, String permission, String key, SdkException e) {
    String address = settings.address(key);
    if (e instanceof S3Exception s3) {
      return new ObjectStoreException(address + ": " + words(s3), fix(settings, permission, s3), e);
    }
    String why = Objects.requireNonNullElse(e.getMessage(), e.toString());
    return new ObjectStoreException(address + ": " + why, clientFix(settings, why), e);
  }

  /** The error for objects that stayed. */
  static ObjectStoreException deleted(S3Settings settings, List<S3Error> errors) {
    String some =
        errors.stream()
            .limit(3)
            .map(error -> "s3://" + settings.bucket() + "/" + error.key() + ": " + error.code())
            .collect(Collectors.joining("; "));
    return new ObjectStoreException(
        errors.size() + " objects could not be removed, " + some,
        "allow s3:DeleteObject there, see whether a lock or a legal hold keeps them, and run the"
            + " goal again",
        null);
  }

  private static String code(S3Exception e) {
    AwsErrorDetails details = e.awsErrorDetails();
    return details == null ? "" : Objects.requireNonNullElse(details.errorCode(), "");
  }

  private static String words(S3Exception e) {
    AwsErrorDetails details = e.awsErrorDetails();
    String message = details == null ? "" : Objects.requireNonNullElse(details.errorMessage(), "");
    String request = e.requestId() == null ? "" : ", request " + e.requestId();
    String code = code(e);
    // the client does not count them for an answer without a body
    int attempts = Objects.requireNonNullElse(e.numAttempts(), 1);
    return "the server answers "
        + e.statusCode()
        + (code.isEmpty() ? "" : " " + code)
        + request
        + (message.isEmpty() ? "" : ": " + message)
        + (attempts > 1 ? " (tried " + attempts + " times)" : "");
  }

  private static String fix(S3Settings settings, String permission, S3Exception e) {
    String code = code(e);
    String again = "; nothing half written is visible, run the goal again";
    if (code.equals("NoSuchBucket")) {
      return "make the bucket " + settings.bucket() + " or correct the region's <url>";
    }
    if (code.equals("RequestTimeTooSkewed")) {
      return "set this machine's clock: it and the server's differ by more than 15 minutes";
    }
    if (isWrongRegion(e, code)) {
      String right = region(e);
      return "the bucket is in another region of Amazon's: write ?region="
          + (right.isEmpty() ? "REGION" : right)
          + " behind the region's <url>";
    }
    if (isBadKey(code)) {
      return settings.credentials().isPresent()
          ? "correct the keys of server " + settings.credentials().serverId() + " in settings.xml"
          : "correct the keys in the environment or the profile, or name a <serverId>";
    }
    if (e.statusCode() == 403) {
      return "allow "
          + permission
          + " to these credentials"
          + (permission.equals("s3:GetObject")
              ? ", and s3:ListBucket: without it a missing object looks like a forbidden one"
              : "")
          + "; the whole policy is in the documentation of S3 regions";
    }
    if (e.statusCode() == 501 || code.equals("NotImplemented")) {
      return "this server lacks what releases need (conditional puts, SHA-256 checksums): use a"
          + " newer version of it";
    }
    return e.statusCode() >= 500 || e.statusCode() == 429
        ? "wait until the server is well" + again
        : "see what the server says about that request" + again;
  }

  private static boolean isWrongRegion(S3Exception e, String code) {
    return e.statusCode() == 301
        || code.equals("PermanentRedirect")
        || code.equals("AuthorizationHeaderMalformed")
        || code.equals("IllegalLocationConstraintException");
  }

  private static String region(S3Exception e) {
    AwsErrorDetails details = e.awsErrorDetails();
    return details == null || details.sdkHttpResponse() == null
        ? ""
        : details.sdkHttpResponse().firstMatchingHeader("x-amz-bucket-region").orElse("");
  }

  private static boolean isBadKey(String code) {
    return List.of("InvalidAccessKeyId", "SignatureDoesNotMatch", "InvalidToken", "ExpiredToken")
        .contains(code);
  }

  private static String clientFix(S3Settings settings, String why) {
    if (why.contains("credentials")) {
      return "name a <serverId> whose <username> and <password> in settings.xml are the access key"
          + " and the secret key, or give them to Maven as Amazon's own tools take them"
          + " (AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY)";
    }
    if (why.contains("region")) {
      return "write ?region=REGION behind the region's <url>, or set AWS_REGION";
    }
    if (why.contains("PKIX") || why.contains("certificate")) {
      return "name the PEM file of its authority in PIP_CERT or as pip's cert, which is believed"
          + " beside Java's own";
    }
    return "see whether "
        + (settings.endpoint().isEmpty()
            ? "the network reaches Amazon's servers"
            : settings.endpoint() + " answers")
        + ", and run the goal again; nothing half written is visible";
  }
}
