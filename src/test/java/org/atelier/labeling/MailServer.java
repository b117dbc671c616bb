package org.atelier.labeling;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * A mail server that takes every message and keeps it, but for {@link #REFUSED}; a test finds them
 * in its field mails.
 */
public class MailServer implements QuarkusTestResourceLifecycleManager {

  /** How addresses begin that it does not know. */
  static final String REFUSED = "refused-";

  private final List<String> mails = new CopyOnWriteArrayList<>();
  private ServerSocket server;

  @Override
  public Map<String, String> start() {
    try {
      server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Thread listener = new Thread(this::listen, "mail server");
    listener.setDaemon(true);
    listener.start();
    return Map.of(
        "quarkus.mailer.mock", "false",
        "quarkus.mailer.host", "127.0.0.1",
        "quarkus.mailer.port", String.valueOf(server.getLocalPort()),
        "quarkus.mailer.start-tls", "DISABLED",
        "quarkus.mailer.login", "DISABLED");
  }

  private void listen() {
    while (!server.isClosed()) {
      try {
        Socket socket = server.accept();
        Thread conversation = new Thread(() -> serve(socket), "mail server");
        conversation.setDaemon(true);
        conversation.start();
      } catch (IOException e) {
        // The test is over.
      }
    }
  }

  private void serve(Socket socket) {
    try (socket) {
      converse(socket);
    } catch (IOException e) {
      // The other side went away.
    }
  }

  private void converse(Socket socket) throws IOException {
    BufferedReader in =
        new BufferedReader(
            new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII));
    PrintWriter out = new PrintWriter(socket.getOutputStream(), true, StandardCharsets.US_ASCII);
    out.print("220 here\r\n");
    out.flush();
    for (String line = in.readLine(); line != null; line = in.readLine()) {
      if (line.equals("DATA")) {
        reply(out, "354 go on");
        mails.add(message(in));
      }
      boolean refused = line.startsWith("RCPT") && line.contains(REFUSED);
      reply(out, refused ? "550 nobody here" : line.startsWith("QUIT") ? "221 bye" : "250 fine");
      if (line.startsWith("QUIT")) {
        return;
      }
    }
  }

  private static void reply(PrintWriter out, String line) {
    out.print(line + "\r\n");
    out.flush();
  }

  private static String message(BufferedReader in) throws IOException {
    StringBuilder message = new StringBuilder();
    for (String line = in.readLine(); line != null && !line.equals("."); line = in.readLine()) {
      message.append(line).append('\n');
    }
    return message.toString();
  }

  @Override
  public void inject(TestInjector injector) {
    injector.injectIntoFields(
        mails, field -> field.getName().equals("mails") && field.getType() == List.class);
  }

  @Override
  public void stop() {
    try {
      server.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
