package org.atelier.platform.storage;

import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/** Ready only when stored objects can be reached. */
@Readiness
class StorageReadiness implements HealthCheck {

  private final PackedObjectStore store;

  StorageReadiness(PackedObjectStore store) {
    this.store = store;
  }

  @Override
  public HealthCheckResponse call() {
    var response = HealthCheckResponse.named("Object store");
    try {
      store.reach();
      long free = store.free();
      if (free >= 0) {
        response.withData("free bytes", free);
      }
      return response.up().build();
    } catch (StorageException e) {
      return response.down().withData("reason", e.getCause().getMessage()).build();
    }
  }
}
