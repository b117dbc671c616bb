package org.atelier.platform.storage.local;

import java.nio.file.Path;
import java.time.Clock;
import org.atelier.platform.storage.Bucket;
import org.atelier.platform.storage.ObjectStoreContract;
import org.junit.jupiter.api.io.TempDir;

class FolderObjectStoreTest extends ObjectStoreContract {

  @TempDir Path folder;

  @Override
  protected Bucket bucket() throws Exception {
    return FolderBucket.open(folder, true, Clock.systemUTC());
  }
}
