package io.github.wheelmirror.publish;

import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;
import javax.net.ssl.TrustManager;
import org.jspecify.annotations.Nullable;

/**
 * How servers of regions are reached from this host: through which proxies, with which logins,
 * whose certificates are believed. Safe for threads.
 *
 * @param sender asks
 * @param trustManagers who are asked whether a server's certificate is good; none for Java's own
 */
public record HostNetwork(Sender sender, Supplier<List<TrustManager>> trustManagers) {

  /** As a Java program without any settings does. */
  public static final HostNetwork PLAIN = new HostNetwork(new Plain(), List::of);

  /** One question to a server. */
  @FunctionalInterface
  public interface Sender {

    /**
     * Asks, and follows redirects but for those from https to http.
     *
     * @return the last answer, whatever its status
     * @throws IOException if there is none
     */
    <T> HttpResponse<T> send(HttpRequest request, BodyHandler<T> body)
        throws IOException, InterruptedException;
  }

  /** Java's client, made when it is first needed: its start is not free. */
  private static final class Plain implements Sender {
    private @Nullable HttpClient client;

    private synchronized HttpClient client() {
      HttpClient made = client;
      if (made == null) {
        made =
            HttpClient.newBuilder()
                .connectTimeout(Duration.ofSeconds(20))
                .followRedirects(HttpClient.Redirect.NORMAL)
                .build();
        client = made;
      }
      return made;
    }

    @Override
    public <T> HttpResponse<T> send(HttpRequest request, BodyHandler<T> body)
        throws IOException, InterruptedException {
      return client().send(request, body);
    }
  }
}
