package org.atelier.platform.egress;

import java.io.IOException;

/** The address may not be fetched, or what it answers is more than was asked for. */
public class EgressRefusedException extends IOException {

  private static final long serialVersionUID = 1L;

  public EgressRefusedException(String message) {
    super(message);
  }
}
