package io.quantchat.infra.local.objects;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

class DiskUploadsTest extends UploadsContract {

  @TempDir Path folder;

  @Override
  Blobs blobs() throws IOException {
    return DiskBlobs.in(folder);
  }
}
