package io.github.wheelmirror.publish;

import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;

/** A real server with one bucket, for the scripts of {@code it/}. */
public final class BucketServer implements AutoCloseable {
  private final MotoServer moto;

  private BucketServer(MotoServer moto) {
    this.moto = moto;
  }

  /** Whether it can be started; in CI it must. */
  public static boolean isHere() throws IOException, InterruptedException {
    return MotoServer.isHere(Path.of(System.getProperty("java.io.tmpdir")));
  }

  /** Starts it; it writes its log to the folder. */
  public static BucketServer start(File folder) throws IOException, InterruptedException {
    return new BucketServer(MotoServer.start(folder.toPath()));
  }

  /** The bucket as a region. */
  public String region() {
    return "s3://%s/%s?endpoint=%s"
        .formatted(MotoServer.BUCKET, MotoServer.PREFIX.replaceAll("/$", ""), moto.endpoint());
  }

  /** Where clients see it, with a slash at its end. */
  public String url() {
    return moto.url();
  }

  /** When which object was written, and with what. */
  public Map<String, String> state() {
    Map<String, String> state = new TreeMap<>();
    try (var client = moto.client()) {
      client
          .listObjectsV2Paginator(request -> request.bucket(MotoServer.BUCKET))
          .contents()
          .forEach(object -> state.put(object.key(), object.lastModified() + " " + object.eTag()));
    }
    return state;
  }

  @Override
  public void close() {
    moto.close();
  }
}
