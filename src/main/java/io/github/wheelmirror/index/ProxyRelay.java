package io.github.wheelmirror.index;

import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Base64;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;

/**
 * A proxy on loopback before one that wants a password for tunnels (RFC 9110, 9.3.6).
 *
 * <p>Java's client sends none in a {@code CONNECT} unless a property of the whole JVM allows it. It
 * sends other {@code Proxy-} headers, so one with a secret of this process keeps other users of the
 * machine out.
 */
final class ProxyRelay implements AutoCloseable {

  /** Goes to a proxy and never to the server behind it. */
  static final String HEADER = "Proxy-Relay";

  private static final int MOST_HEAD_BYTES = 65_536;

  private final Proxies.ProxyServer proxy;
  private final String authorization;
  private final int timeoutMillis;
  private final String secret;
  private final ServerSocket server;
  private final Set<Socket> open = ConcurrentHashMap.newKeySet();
  private final ExecutorService threads =
      Executors.newCachedThreadPool(
          task -> {
            Thread thread = new Thread(task, "wheel-mirror-proxy");
            thread.setDaemon(true);
            return thread;
          });

  /**
   * Starts it.
   *
   * @param authorization what the proxy wants as {@code Proxy-Authorization}
   * @param timeout for connecting and for a request's head
   */
  ProxyRelay(Proxies.ProxyServer proxy, String authorization, Duration timeout) {
    this.proxy = proxy;
    this.authorization = authorization;
    this.timeoutMillis = (int) Math.min(Integer.MAX_VALUE, timeout.toMillis());
    byte[] random = new byte[24];
    new SecureRandom().nextBytes(random);
    this.secret = Base64.getUrlEncoder().encodeToString(random);
    try {
      this.server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    threads.execute(this::accept);
  }

  InetSocketAddress address() {
    return new InetSocketAddress(server.getInetAddress(), server.getLocalPort());
  }

  /** The value of {@link #HEADER}. */
  String secret() {
    return secret;
  }

  /** Ends all tunnels. */
  @Override
  public void close() {
    threads.shutdown();
    shut(server);
    open.forEach(this::end);
  }

  private void accept() {
    try {
      while (true) {
        Socket client = server.accept();
        open.add(client);
        threads.execute(() -> serve(client));
      }
    } catch (IOException | RejectedExecutionException e) {
      // It is closed, the only reason for not going on.
      close();
    }
  }

  private void serve(Socket client) {
    Socket far = new Socket();
    open.add(far);
    try {
      String target = target(client);
      if (target.isEmpty()) {
        say(client, "HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\n\r\n");
      } else if (isConnected(far)) {
        String request = "CONNECT %s HTTP/1.1\r\nHost: %s\r\nProxy-Authorization: %s\r\n\r\n";
        say(far, request.formatted(target, target, authorization));
        // the proxy's answer is the client's
        threads.execute(() -> copyAnswers(far, client));
        client.getInputStream().transferTo(far.getOutputStream());
      } else {
        say(client, "HTTP/1.1 502 No Proxy\r\nContent-Length: 0\r\n\r\n");
      }
    } catch (IOException | RejectedExecutionException e) {
      // The client sees its connection end and tells the person what failed.
    }
    end(client);
    end(far);
  }

  /** What is to be connected; empty if it is not this process that asks. */
  private String target(Socket client) throws IOException {
    client.setSoTimeout(timeoutMillis);
    String head = head(client.getInputStream());
    client.setSoTimeout(0);
    String[] first = head.lines().findFirst().orElse("").split(" ", -1);
    return first.length == 3 && first[0].equals("CONNECT") && isOurs(head) ? first[1] : "";
  }

  private boolean isConnected(Socket far) {
    try {
      far.connect(proxy.address(), timeoutMillis);
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  private void copyAnswers(Socket far, Socket client) {
    try {
      far.getInputStream().transferTo(client.getOutputStream());
      // the client may still have to read; it closes when it has
      client.shutdownOutput();
    } catch (IOException e) {
      end(client);
    }
  }

  private void end(Socket socket) {
    open.remove(socket);
    shut(socket);
  }

  private static void shut(Closeable socket) {
    try {
      socket.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private boolean isOurs(String head) {
    String wanted = HEADER + ": " + secret;
    return head.lines()
        .anyMatch(
            line ->
                MessageDigest.isEqual(
                    line.getBytes(StandardCharsets.ISO_8859_1),
                    wanted.getBytes(StandardCharsets.ISO_8859_1)));
  }

  private static String head(InputStream in) throws IOException {
    ByteArrayOutputStream head = new ByteArrayOutputStream();
    int ends = 0;
    while (ends < 2) {
      int next = in.read();
      if (next < 0 || head.size() == MOST_HEAD_BYTES) {
        throw new IOException("no request");
      }
      head.write(next);
      ends = next == '\r' ? ends : next == '\n' ? ends + 1 : 0;
    }
    return head.toString(StandardCharsets.ISO_8859_1);
  }

  private static void say(Socket to, String text) throws IOException {
    to.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
  }
}
