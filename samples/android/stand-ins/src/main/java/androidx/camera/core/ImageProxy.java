package androidx.camera.core;

import java.nio.ByteBuffer;

/** The signatures of CameraX that the frame adapter uses. */
public interface ImageProxy extends AutoCloseable {
  int getWidth();

  int getHeight();

  PlaneProxy[] getPlanes();

  @Override
  void close();

  interface PlaneProxy {
    int getRowStride();

    int getPixelStride();

    ByteBuffer getBuffer();
  }
}
