package org.atelier.platform.installation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.runtime.QuarkusBindException;
import java.net.BindException;
import java.net.ConnectException;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;

class StartFailureTest {

  @Test
  void aTakenPortIsNamedWithTheWayOut() {
    Throwable failure =
        new RuntimeException(
            new QuarkusBindException("127.0.0.1", 8131, new BindException("Address in use")));
    assertEquals(
        "Port 8131 of 127.0.0.1 cannot be used: another program listens there, or the address is"
            + " not this machine's. Choose another with ATELIER_PORT or ATELIER_HOST.",
        StartFailure.words(failure));
  }

  @Test
  void aDatabaseThatIsAwayOrRefusesIsNamedWithItsSetting() {
    Throwable away = new RuntimeException(new ConnectException("Connection refused"));
    assertTrue(StartFailure.words(away).contains("quarkus.datasource.jdbc.url"));
    Throwable refuses =
        new RuntimeException(new SQLException("password authentication failed", "28P01"));
    assertTrue(StartFailure.words(refuses).startsWith("The database refuses the connection (pass"));
  }

  @Test
  void whatNobodyForesawIsShownWhole() {
    String words = StartFailure.words(new IllegalStateException("odd"));
    assertTrue(words.startsWith("Atelier could not start.\n"), words);
    assertTrue(words.contains("odd") && words.contains("at org.atelier"), words);
  }
}
