package io.github.wheelmirror.git;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** A proxy that tunnels to one loopback port, whatever host is asked for. */
final class ConnectProxy implements AutoCloseable {

  private final ServerSocket server;
  private final Handshake handshake;
  private final int target;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final List<String> requests;

  /** What comes before a tunnel; false if there is to be none. */
  private interface Handshake {
    boolean done(Socket client) throws IOException;
  }

  /** One that speaks HTTP and wants this {@code Proxy-Authorization}. */
  static ConnectProxy http(String authorization, int target) throws IOException {
    List<String> requests = new CopyOnWriteArrayList<>();
    return new ConnectProxy(client -> connect(client, authorization, requests), target, requests);
  }

  /** One that speaks SOCKS 5 and wants no password. */
  static ConnectProxy socks(int target) throws IOException {
    List<String> requests = new CopyOnWriteArrayList<>();
    return new ConnectProxy(client -> socks(client, requests), target, requests);
  }

  private ConnectProxy(Handshake handshake, int target, List<String> requests) throws IOException {
    this.handshake = handshake;
    this.requests = requests;
    this.target = target;
    this.server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    threads.execute(this::accept);
  }

  int port() {
    return server.getLocalPort();
  }

  /** Each request in a line. */
  List<String> requests() {
    return List.copyOf(requests);
  }

  private void accept() {
    try {
      while (!server.isClosed()) {
        Socket client = server.accept();
        threads.execute(() -> serve(client));
      }
    } catch (IOException e) {
      threads.shutdownNow();
    }
  }

  private void serve(Socket client) {
    try (client) {
      if (handshake.done(client)) {
        try (Socket far = new Socket(InetAddress.getLoopbackAddress(), target)) {
          threads.execute(() -> copy(far, client));
          copy(client, far);
        }
      }
    } catch (IOException e) {
      requests.add("broken: " + e);
    }
  }

  private static boolean connect(Socket client, String authorization, List<String> requests)
      throws IOException {
    BufferedReader in =
        new BufferedReader(
            new InputStreamReader(client.getInputStream(), StandardCharsets.ISO_8859_1));
    String first = String.valueOf(in.readLine());
    requests.add(first);
    boolean known = false;
    for (String line = in.readLine(); line != null && !line.isEmpty(); line = in.readLine()) {
      known |= line.equals("Proxy-Authorization: " + authorization);
    }
    if (!first.startsWith("CONNECT ") || !known) {
      say(client, "HTTP/1.1 407 Who are you\r\nProxy-Authenticate: Basic realm=\"p\"\r\n\r\n");
      return false;
    }
    say(client, "HTTP/1.1 200 Connected\r\n\r\n");
    return true;
  }

  /** RFC 1928. */
  private static boolean socks(Socket client, List<String> requests) throws IOException {
    InputStream in = client.getInputStream();
    int methods = in.readNBytes(2)[1];
    in.readNBytes(methods);
    client.getOutputStream().write(new byte[] {5, 0});
    byte[] request = in.readNBytes(4);
    int length = request[3] == 1 ? 4 : request[3] == 4 ? 16 : in.read();
    String host = new String(in.readNBytes(length), StandardCharsets.ISO_8859_1);
    in.readNBytes(2);
    requests.add("SOCKS " + (request[3] == 3 ? host : "an address"));
    client.getOutputStream().write(new byte[] {5, 0, 0, 1, 0, 0, 0, 0, 0, 0});
    return true;
  }

  private static void copy(Socket from, Socket to) {
    try {
      from.getInputStream().transferTo(to.getOutputStream());
      to.shutdownOutput();
    } catch (IOException e) {
      // One end went away, and so does the other.
      close(from);
      close(to);
    }
  }

  private static void close(Socket socket) {
    try {
      socket.close();
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void say(Socket client, String text) throws IOException {
    client.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
  }

  @Override
  public void close() throws IOException {
    server.close();
    threads.shutdownNow();
  }
}
