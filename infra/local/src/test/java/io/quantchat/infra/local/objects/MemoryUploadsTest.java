package io.quantchat.infra.local.objects;

class MemoryUploadsTest extends UploadsContract {

  private static final int ROOM = 64 << 20;

  @Override
  Blobs blobs() {
    return new MemoryBlobs(ROOM);
  }
}
