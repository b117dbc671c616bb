package org.atelier.platform.database;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class PostgresExtensionTest {

  @RegisterExtension final PostgresExtension postgres = new PostgresExtension();

  @Test
  void eachTestHasItsOwnMigratedDatabase() {
    makeTable();
  }

  @Test
  void anotherTestDoesNotSeeTheTableOfTheFirst() {
    makeTable();
  }

  private void makeTable() {
    Jdbi jdbi = postgres.jdbi();
    jdbi.useHandle(handle -> handle.execute("create table mine (n int)"));
    int tables =
        jdbi.withHandle(
            handle ->
                handle
                    .createQuery(
                        "select count(*) from information_schema.tables where table_name = 'mine'")
                    .mapTo(Integer.class)
                    .one());
    assertEquals(1, tables);
  }
}
