package org.atelier.platform.web;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.http.HttpClosedException;
import java.io.IOException;
import java.nio.channels.ClosedChannelException;
import org.junit.jupiter.api.Test;

class ClientGoneTest {

  @Test
  void aConnectionThatWasClosedIsFoundBelowWhatItCaused() {
    Exception closed = new HttpClosedException("Connection was closed");
    assertTrue(ClientGone.is(closed));
    assertTrue(ClientGone.is(new IllegalStateException(new IOException(closed))));
    assertTrue(ClientGone.is(new IOException(new ClosedChannelException())));
  }

  @Test
  void otherFailuresOfInputAndOutputAreOurs() {
    assertFalse(ClientGone.is(new IOException("No space left on device")));
  }
}
