package org.atelier.operations.load;

import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.zip.GZIPInputStream;

/**
 * One kept-alive HTTP/1.1 connection to this machine. It spends almost no processor time, so that
 * what is measured is the server; it knows no more of HTTP than that server answers with.
 */
final class HttpConnection implements AutoCloseable {

  private static final int TIMEOUT_MILLIS = 30_000;

  private final int port;
  private Socket socket;
  private InputStream in;
  private OutputStream out;

  HttpConnection(int port) throws IOException {
    this.port = port;
    connect();
  }

  /** An answer: status, header lines, and the body as text. */
  record Reply(int status, List<String> headers, String body) {

    /** Values of {@code Set-Cookie} up to their attributes. */
    List<String> cookies() {
      return headers.stream()
          .filter(line -> line.toLowerCase(Locale.ROOT).startsWith("set-cookie:"))
          .map(line -> line.substring(11).strip().split(";")[0])
          .toList();
    }
  }

  private void connect() throws IOException {
    socket = new Socket(InetAddress.getLoopbackAddress(), port);
    socket.setTcpNoDelay(true);
    socket.setSoTimeout(TIMEOUT_MILLIS);
    in = new BufferedInputStream(socket.getInputStream(), 16_384);
    out = socket.getOutputStream();
  }

  /**
   * Sends a request and reads its answer.
   *
   * @param headers further header lines, each ended by CR LF
   * @param body null for none
   */
  Reply send(String method, String path, String headers, String body) throws IOException {
    byte[] bytes = body == null ? new byte[0] : body.getBytes(StandardCharsets.UTF_8);
    StringBuilder head = new StringBuilder(512);
    head.append(method).append(' ').append(path).append(" HTTP/1.1\r\nHost: 127.0.0.1\r\n");
    head.append(headers);
    if (body != null) {
      head.append("Content-Length: ").append(bytes.length).append("\r\n");
    }
    byte[] start = head.append("\r\n").toString().getBytes(StandardCharsets.ISO_8859_1);
    byte[] all = new byte[start.length + bytes.length];
    System.arraycopy(start, 0, all, 0, start.length);
    System.arraycopy(bytes, 0, all, start.length, bytes.length);
    out.write(all);
    return read();
  }

  private Reply read() throws IOException {
    String status = line();
    List<String> headers = new ArrayList<>(16);
    int length = 0;
    boolean chunked = false;
    boolean packed = false;
    boolean last = false;
    for (String line = line(); !line.isEmpty(); line = line()) {
      headers.add(line);
      String lower = line.toLowerCase(Locale.ROOT);
      if (lower.startsWith("content-length:")) {
        length = Integer.parseInt(lower.substring(15).strip());
      }
      chunked |= lower.startsWith("transfer-encoding:") && lower.contains("chunked");
      packed |= lower.startsWith("content-encoding:") && lower.contains("gzip");
      last |= lower.startsWith("connection:") && lower.contains("close");
    }
    byte[] body = chunked ? chunks() : in.readNBytes(length);
    if (packed) {
      body = new GZIPInputStream(new ByteArrayInputStream(body)).readAllBytes();
    }
    if (last) {
      socket.close();
      connect();
    }
    return new Reply(
        Integer.parseInt(status.substring(9, 12)),
        headers,
        new String(body, StandardCharsets.UTF_8));
  }

  private byte[] chunks() throws IOException {
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    while (true) {
      int size = Integer.parseInt(line().split(";")[0].strip(), 16);
      body.write(in.readNBytes(size));
      line();
      if (size == 0) {
        return body.toByteArray();
      }
    }
  }

  private String line() throws IOException {
    StringBuilder text = new StringBuilder(64);
    for (int c = in.read(); c != '\n'; c = in.read()) {
      if (c < 0) {
        throw new EOFException("The server closed the connection.");
      }
      if (c != '\r') {
        text.append((char) c);
      }
    }
    return text.toString();
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
