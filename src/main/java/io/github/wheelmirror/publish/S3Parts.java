package io.github.wheelmirror.publish;

import io.github.wheelmirror.Sha256;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.ChecksumAlgorithm;
import software.amazon.awssdk.services.s3.model.CompleteMultipartUploadRequest;
import software.amazon.awssdk.services.s3.model.CompletedPart;
import software.amazon.awssdk.services.s3.model.MetadataDirective;
import software.amazon.awssdk.services.s3.model.UploadPartResponse;

/** Objects that are too large for one request, in parts; nobody sees one before its last part. */
final class S3Parts {
  private final S3Client client;
  private final String bucket;
  private final long part;

  S3Parts(S3Client client, String bucket, long part) {
    this.client = client;
    this.bucket = bucket;
    this.part = part;
  }

  /** What is not larger than this is no matter for parts. */
  long size() {
    return part;
  }

  /** Uploads each part with its digest, then makes them an object if the condition is met. */
  String put(String key, ObjectContent content, ObjectStore.Condition condition)
      throws IOException {
    String upload =
        client
            .createMultipartUpload(
                request ->
                    request
                        .bucket(bucket)
                        .key(key)
                        .contentType(content.mediaType())
                        .cacheControl(content.cacheControl())
                        .metadata(Map.of(S3ObjectStore.DIGEST, content.sha256()))
                        .checksumAlgorithm(ChecksumAlgorithm.SHA256))
            .uploadId();
    boolean complete = false;
    try {
      List<CompletedPart> parts = new ArrayList<>();
      for (long from = 0; from < content.size(); from += part) {
        parts.add(upload(key, upload, content, from, parts.size() + 1));
      }
      String etag = complete(key, upload, parts, condition);
      complete = true;
      return etag;
    } finally {
      if (!complete) {
        // parts of an upload that nobody ends are paid for
        client.abortMultipartUpload(request -> request.bucket(bucket).key(key).uploadId(upload));
      }
    }
  }

  private CompletedPart upload(
      String key, String upload, ObjectContent content, long from, int number) throws IOException {
    long length = Math.min(part, content.size() - from);
    String digest = digest(content, from, length);
    UploadPartResponse answer =
        client.uploadPart(
            request ->
                request
                    .bucket(bucket)
                    .key(key)
                    .uploadId(upload)
                    .partNumber(number)
                    .checksumSHA256(digest),
            RequestBody.fromContentProvider(
                () -> new Limited(open(content, from), length), length, content.mediaType()));
    return CompletedPart.builder()
        .partNumber(number)
        .eTag(answer.eTag())
        .checksumSHA256(digest)
        .build();
  }

  private String complete(
      String key, String upload, List<CompletedPart> parts, ObjectStore.Condition condition) {
    CompleteMultipartUploadRequest.Builder request =
        CompleteMultipartUploadRequest.builder()
            .bucket(bucket)
            .key(key)
            .uploadId(upload)
            .multipartUpload(all -> all.parts(parts));
    if (condition.absent()) {
      request.ifNoneMatch("*");
    } else if (!condition.etag().isEmpty()) {
      request.ifMatch(condition.etag());
    }
    return client.completeMultipartUpload(request.build()).eTag();
  }

  private static String digest(ObjectContent content, long from, long length) throws IOException {
    MessageDigest digest = Sha256.digest();
    byte[] buffer = new byte[1 << 17];
    try (InputStream in = new Limited(content.source().open(from), length)) {
      for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
        digest.update(buffer, 0, read);
      }
    }
    return Base64.getEncoder().encodeToString(digest.digest());
  }

  /** Copies on the server, with other headers. */
  void copy(String from, String to, String mediaType, String cacheControl) {
    client.copyObject(
        request ->
            request
                .sourceBucket(bucket)
                .sourceKey(from)
                .destinationBucket(bucket)
                .destinationKey(to)
                .metadataDirective(MetadataDirective.REPLACE)
                .contentType(mediaType)
                .cacheControl(cacheControl));
  }

  /** The form of a digest in S3's headers. */
  static String base64(String sha256) {
    return Base64.getEncoder().encodeToString(HexFormat.of().parseHex(sha256));
  }

  /** For the client, which knows no checked exceptions. */
  static InputStream open(ObjectContent content, long from) {
    try {
      return content.source().open(from);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** So many bytes and not more. */
  private static final class Limited extends FilterInputStream {
    private long left;

    Limited(InputStream in, long length) {
      super(in);
      this.left = length;
    }

    @Override
    public int read() throws IOException {
      if (left == 0) {
        return -1;
      }
      int read = super.read();
      left -= read < 0 ? 0 : 1;
      return read;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
      if (left == 0) {
        return -1;
      }
      int read = super.read(buffer, offset, (int) Math.min(length, left));
      left -= Math.max(read, 0);
      return read;
    }

    @Override
    public long skip(long count) throws IOException {
      long skipped = super.skip(Math.min(count, left));
      left -= skipped;
      return skipped;
    }

    @Override
    public boolean markSupported() {
      return false;
    }
  }
}
