package org.atelier.platform.database;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.sql.SQLException;
import org.jdbi.v3.core.ConnectionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DatabaseTroubleTest {

  @ParameterizedTest
  @ValueSource(strings = {"08006", "57P01", "57P03", "53100", "53200", "53300", "55000"})
  void aServerThatIsGoneStartingOrOutOfRoomIsAway(String state) {
    assertTrue(DatabaseTrouble.isAway(wrapped(new SQLException("x", state))));
  }

  @Test
  void aPoolWithoutAFreeConnectionIsAway() {
    assertTrue(DatabaseTrouble.isAway(wrapped(new SQLException("Acquisition timeout"))));
    assertTrue(DatabaseTrouble.isAway(new ConnectionException(new SQLException("refused"))));
  }

  @ParameterizedTest
  @ValueSource(strings = {"23505", "42601", "22021", "40P01", "53400", "57014"})
  void aStatementThatIsRefusedIsNot(String state) {
    assertFalse(DatabaseTrouble.isAway(wrapped(new SQLException("a timeout", state))));
  }

  @Test
  void onlyAFullDiskIsFull() {
    assertTrue(DatabaseTrouble.isFull(wrapped(new SQLException("x", "53100"))));
    assertFalse(DatabaseTrouble.isFull(wrapped(new SQLException("x", "53300"))));
    assertFalse(DatabaseTrouble.isFull(null));
  }

  private static RuntimeException wrapped(SQLException failure) {
    return new IllegalStateException(new RuntimeException(failure));
  }
}
