package androidx.camera.core;

/** The signatures of CameraX that the frame adapter uses. */
public final class ImageAnalysis {
  private ImageAnalysis() {}

  public interface Analyzer {
    void analyze(ImageProxy image);
  }
}
