package io.github.wheelmirror.publish;

import java.io.IOException;
import java.io.InputStream;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.core.ResponseBytes;
import software.amazon.awssdk.core.SdkResponse;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.core.sync.ResponseTransformer;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.ChecksumAlgorithm;
import software.amazon.awssdk.services.s3.model.ChecksumMode;
import software.amazon.awssdk.services.s3.model.DeleteObjectsResponse;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Request;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Response;
import software.amazon.awssdk.services.s3.model.ObjectIdentifier;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;
import software.amazon.awssdk.services.s3.model.S3Exception;

/** A bucket through Amazon's client. */
final class S3ObjectStore implements ObjectStore {
  /** Where the digest of the content stands: the server has none of the whole of one in parts. */
  static final String DIGEST = "sha256";

  /** What is larger goes in parts of this size; a single put ends at 5 GiB. */
  static final long PART = 256L << 20;

  private static final int DELETED_AT_ONCE = 1000;
  private static final int CONFLICTS = 5;

  private final S3Settings settings;
  private final S3Client client;
  private final S3Parts parts;

  S3ObjectStore(S3Settings settings, S3Client client, long part) {
    this.settings = settings;
    this.client = client;
    this.parts = new S3Parts(client, settings.bucket(), part);
  }

  /** Makes the client; the first request connects. */
  static S3ObjectStore connect(S3Settings settings, HostNetwork network)
      throws ObjectStoreException {
    try {
      return new S3ObjectStore(settings, S3Clients.of(settings, network), PART);
    } catch (SdkException e) {
      throw S3Errors.of(settings, "connect", "", e);
    }
  }

  @Override
  public String address(String key) {
    return settings.address(key);
  }

  @Override
  public Optional<Stored> get(String key) throws IOException {
    try {
      ResponseBytes<GetObjectResponse> bytes =
          client.getObject(
              request -> request.bucket(settings.bucket()).key(full(key)),
              ResponseTransformer.toBytes());
      GetObjectResponse object = bytes.response();
      return Optional.of(
          new Stored(bytes.asByteArray(), object.eTag(), object.lastModified(), date(object, key)));
    } catch (SdkException e) {
      if (S3Errors.isMissing(e)) {
        return Optional.empty();
      }
      throw S3Errors.of(settings, "s3:GetObject", key, e);
    }
  }

  private Instant date(SdkResponse answer, String key) throws ObjectStoreException {
    String date = answer.sdkHttpResponse().firstMatchingHeader("Date").orElse("");
    try {
      return Instant.from(DateTimeFormatter.RFC_1123_DATE_TIME.parse(date));
    } catch (DateTimeException e) {
      throw new ObjectStoreException(
          address(key) + " came with the date '" + date + "', which is none",
          "leases need the server's clock: have whatever lies between pass on its Date header",
          e);
    }
  }

  @Override
  public InputStream open(String key) throws IOException {
    try {
      return client.getObject(request -> request.bucket(settings.bucket()).key(full(key)));
    } catch (SdkException e) {
      throw S3Errors.of(settings, "s3:GetObject", key, e);
    }
  }

  @Override
  public Optional<Facts> head(String key) throws IOException {
    try {
      HeadObjectResponse object =
          client.headObject(
              request ->
                  request
                      .bucket(settings.bucket())
                      .key(full(key))
                      .checksumMode(ChecksumMode.ENABLED));
      return Optional.of(new Facts(object.contentLength(), sha256(object)));
    } catch (SdkException e) {
      if (S3Errors.isMissing(e)) {
        return Optional.empty();
      }
      throw S3Errors.of(settings, "s3:GetObject", key, e);
    }
  }

  /** Written with the object, when the server compared it with the content; or its own. */
  private static String sha256(HeadObjectResponse object) {
    String given = object.metadata().getOrDefault(DIGEST, "");
    String checksum = object.checksumSHA256();
    return given.isEmpty() && checksum != null && !checksum.contains("-")
        ? HexFormat.of().formatHex(Base64.getDecoder().decode(checksum))
        : given;
  }

  @Override
  public Optional<String> put(String key, ObjectContent content, Condition condition)
      throws IOException {
    for (int conflicts = 0; ; conflicts++) {
      try {
        return Optional.of(
            content.size() > parts.size()
                ? parts.put(full(key), content, condition)
                : single(full(key), content, condition));
      } catch (S3Exception e) {
        boolean conditional = !condition.equals(Condition.NONE);
        if (conditional
            && (e.statusCode() == 412 || e.statusCode() == 404 && isGone(condition, e))) {
          return Optional.empty();
        }
        // another request changes the same object just now
        if (e.statusCode() != 409 || conflicts == CONFLICTS) {
          throw S3Errors.of(settings, "s3:PutObject", key, e);
        }
      } catch (SdkException e) {
        throw S3Errors.of(settings, "s3:PutObject", key, e);
      }
    }
  }

  /** Told instead of 412 where the object that should be replaced is not there at all. */
  private static boolean isGone(Condition condition, S3Exception e) {
    return !condition.absent() && S3Errors.isMissing(e);
  }

  private String single(String key, ObjectContent content, Condition condition) {
    PutObjectRequest.Builder request =
        PutObjectRequest.builder()
            .bucket(settings.bucket())
            .key(key)
            .contentType(content.mediaType())
            .cacheControl(content.cacheControl())
            .metadata(Map.of(DIGEST, content.sha256()))
            .checksumAlgorithm(ChecksumAlgorithm.SHA256)
            .checksumSHA256(S3Parts.base64(content.sha256()));
    if (condition.absent()) {
      request.ifNoneMatch("*");
    } else if (!condition.etag().isEmpty()) {
      request.ifMatch(condition.etag());
    }
    return client
        .putObject(
            request.build(),
            RequestBody.fromContentProvider(
                () -> S3Parts.open(content, 0), content.size(), content.mediaType()))
        .eTag();
  }

  @Override
  public void copy(String from, String to, String cacheControl) throws IOException {
    try {
      parts.copy(full(from), full(to), MediaType.of(to), cacheControl);
    } catch (SdkException e) {
      throw S3Errors.of(settings, "s3:PutObject", to, e);
    }
  }

  @Override
  public List<Listed> list(String prefix) throws IOException {
    List<Listed> objects = new ArrayList<>();
    for (ListObjectsV2Response page : pages(prefix, "")) {
      page.contents()
          .forEach(
              object ->
                  objects.add(
                      new Listed(
                          object.key().substring(settings.prefix().length()),
                          object.size(),
                          object.eTag(),
                          object.lastModified())));
    }
    return objects;
  }

  @Override
  public List<String> folders(String prefix) throws IOException {
    int start = full(prefix.substring(0, prefix.lastIndexOf('/') + 1)).length();
    List<String> names = new ArrayList<>();
    for (ListObjectsV2Response page : pages(prefix, "/")) {
      page.commonPrefixes()
          .forEach(each -> names.add(each.prefix().substring(start, each.prefix().length() - 1)));
    }
    return names;
  }

  private List<ListObjectsV2Response> pages(String prefix, String delimiter) throws IOException {
    ListObjectsV2Request.Builder request =
        ListObjectsV2Request.builder().bucket(settings.bucket()).prefix(full(prefix));
    if (!delimiter.isEmpty()) {
      request.delimiter(delimiter);
    }
    try {
      List<ListObjectsV2Response> pages = new ArrayList<>();
      client.listObjectsV2Paginator(request.build()).forEach(pages::add);
      return pages;
    } catch (SdkException e) {
      throw S3Errors.of(settings, "s3:ListBucket", prefix, e);
    }
  }

  @Override
  public void delete(Collection<String> keys) throws IOException {
    List<String> all = List.copyOf(keys);
    for (int from = 0; from < all.size(); from += DELETED_AT_ONCE) {
      List<String> some = all.subList(from, Math.min(all.size(), from + DELETED_AT_ONCE));
      deleteSome(some);
    }
  }

  private void deleteSome(List<String> keys) throws IOException {
    List<ObjectIdentifier> names =
        keys.stream().map(key -> ObjectIdentifier.builder().key(full(key)).build()).toList();
    try {
      DeleteObjectsResponse answer =
          client.deleteObjects(
              request ->
                  request
                      .bucket(settings.bucket())
                      .delete(delete -> delete.objects(names).quiet(true)));
      if (answer.hasErrors() && !answer.errors().isEmpty()) {
        throw S3Errors.deleted(settings, answer.errors());
      }
    } catch (SdkException e) {
      throw S3Errors.of(settings, "s3:DeleteObject", keys.get(0), e);
    }
  }

  private String full(String key) {
    return settings.prefix() + key;
  }
}
