package io.github.wheelmirror.index;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** A server that misbehaves: each connection, which is closed after it, gets the next script. */
final class RawServer implements AutoCloseable {

  /** What one connection does after the request's head was read. */
  interface Script {
    void run(Socket socket, OutputStream out) throws Exception;
  }

  private final ServerSocket server;
  private final List<Script> scripts;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final CountDownLatch closed = new CountDownLatch(1);

  /** Request heads, in order. */
  final List<String> requests = new CopyOnWriteArrayList<>();

  /** The last script answers all further connections too. */
  RawServer(Script... scripts) throws IOException {
    this.scripts = List.of(scripts);
    this.server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    threads.execute(this::accept);
  }

  String url(String path) {
    return "http://127.0.0.1:" + server.getLocalPort() + path;
  }

  /** Says it all at once and closes. */
  static Script says(String text) {
    return (socket, out) -> out.write(text.getBytes(StandardCharsets.ISO_8859_1));
  }

  /** Says it and then resets the connection. */
  static Script resetsAfter(String text) {
    return (socket, out) -> {
      out.write(text.getBytes(StandardCharsets.ISO_8859_1));
      out.flush();
      // Let the client read what came before the reset drops it.
      Thread.sleep(100);
      socket.setSoLinger(true, 0);
      socket.close();
    };
  }

  static Script silentAfter(String text, CountDownLatch until) {
    return (socket, out) -> {
      out.write(text.getBytes(StandardCharsets.ISO_8859_1));
      out.flush();
      until.await();
    };
  }

  private void accept() {
    try {
      for (int i = 0; ; i++) {
        Socket socket = server.accept();
        Script script = scripts.get(Math.min(i, scripts.size() - 1));
        threads.execute(() -> serve(socket, script));
      }
    } catch (IOException e) {
      closed.countDown();
    }
  }

  private void serve(Socket socket, Script script) {
    try (socket) {
      BufferedReader in =
          new BufferedReader(
              new InputStreamReader(socket.getInputStream(), StandardCharsets.ISO_8859_1));
      StringBuilder head = new StringBuilder();
      for (String line = in.readLine(); line != null && !line.isEmpty(); line = in.readLine()) {
        head.append(line).append('\n');
      }
      requests.add(head.toString());
      script.run(socket, socket.getOutputStream());
      socket.getOutputStream().flush();
    } catch (Exception e) {
      // The client went away, as some tests want it to.
      closed.getCount();
    }
  }

  @Override
  public void close() throws IOException {
    closed.countDown();
    server.close();
    threads.shutdownNow();
  }
}
