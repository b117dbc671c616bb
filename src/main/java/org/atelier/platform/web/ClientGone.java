package org.atelier.platform.web;

import io.vertx.core.http.HttpClosedException;
import io.vertx.core.http.StreamResetException;
import java.nio.channels.ClosedChannelException;

/** Tells that whoever sent a request went away before it was read: nothing failed here. */
final class ClientGone {

  private ClientGone() {}

  static boolean is(Throwable failure) {
    for (Throwable t = failure; t != null; t = t.getCause()) {
      if (t instanceof HttpClosedException
          || t instanceof StreamResetException
          || t instanceof ClosedChannelException) {
        return true;
      }
    }
    return false;
  }
}
