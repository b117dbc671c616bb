package org.atelier.platform;

/** Which Atelier this is, also where Quarkus has not started. */
public final class Version {

  public static final String NUMBER = "0.1.0";

  private Version() {}
}
