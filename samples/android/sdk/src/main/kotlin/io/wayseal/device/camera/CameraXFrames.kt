package io.wayseal.device.camera

import androidx.camera.core.ImageAnalysis
import androidx.camera.core.ImageProxy
import io.wayseal.device.Camera
import io.wayseal.device.Frame
import io.wayseal.device.Outcome
import io.wayseal.device.Seen
import kotlinx.coroutines.channels.BufferOverflow
import kotlinx.coroutines.flow.Flow
import kotlinx.coroutines.flow.MutableSharedFlow
import kotlinx.coroutines.flow.asSharedFlow

/**
 * Reads labels in the frames of CameraX. Set it with `ImageAnalysis.setAnalyzer` and an executor of one thread; ask for 1280 × 720 and
 * `STRATEGY_KEEP_ONLY_LATEST`, so that frames that come while one is read are dropped.
 */
class CameraXFrames(private val camera: Camera) : ImageAnalysis.Analyzer {
    private val seen = MutableSharedFlow<Seen>(extraBufferCapacity = 8, onBufferOverflow = BufferOverflow.DROP_OLDEST)

    /** The labels that are seen, again and again while they are before the camera. */
    val labels: Flow<Seen> = seen.asSharedFlow()

    override fun analyze(image: ImageProxy) = image.use {
        // Of YUV_420_888 the first plane is the grey one, a byte a pixel.
        val plane = it.planes.firstOrNull() ?: return@use
        if (plane.pixelStride != 1) return@use
        val frame = Frame(plane.buffer, it.width, it.height, plane.rowStride)
        when (val read = camera.frame(frame)) {
            is Outcome.Done -> read.value.forEach(seen::tryEmit)
            // A frame that is refused costs a frame.
            is Outcome.Failed -> Unit
        }
    }
}
