package org.atelier.dataset.intake;

import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/** Runs something in a transaction of its own. */
interface Transactions {

  <T> T call(Step<T> step);

  /** What happens in the transaction. */
  @FunctionalInterface
  interface Step<T> {
    T on(Handle handle);
  }

  /** Transactions of the container. */
  @jakarta.inject.Singleton
  class OfContainer implements Transactions {

    private final Jdbi jdbi;

    OfContainer(Jdbi jdbi) {
      this.jdbi = jdbi;
    }

    @Override
    public <T> T call(Step<T> step) {
      return io.quarkus.narayana.jta.QuarkusTransaction.requiringNew()
          .call(() -> jdbi.withHandle(step::on));
    }
  }
}
