package io.wayseal.device

import io.wayseal.device.internal.Native
import io.wayseal.device.internal.Reply
import java.nio.ByteBuffer
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.flow.Flow
import kotlinx.coroutines.flow.flowOn
import kotlinx.coroutines.flow.transform

/** A label or a colleague's code that a camera saw: the text of its QR code, and of a label the waybill number in the bar code beside it, if that was read. */
class Seen(val text: String, val printed: String?)

/** The grey plane of a camera's frame: a direct buffer with [stride] bytes for each row. */
class Frame(val luma: ByteBuffer, val width: Int, val height: Int, val stride: Int)

/**
 * Reads labels in the frames of a camera. It remembers the frames before, so one camera has one of these. One thread at a time.
 */
class Camera : AutoCloseable {
    private val handle = Native.openCamera()

    /** The labels of a frame. A frame that no label could be read in gives an empty list. */
    fun frame(frame: Frame): Outcome<List<Seen>> {
        require(frame.luma.isDirect) { "a camera's plane is a direct buffer" }
        return Reply(Native.frame(handle, frame.luma, frame.width, frame.height, frame.stride))
            .outcome { list { Seen(text(), textOrNull()) } }
    }

    override fun close() = Native.closeCamera(handle)
}

/** The labels of a stream of frames, read off the main thread. Frames that come while one is read are the source's to drop. */
fun Flow<Frame>.labels(camera: Camera): Flow<Seen> = transform { frame ->
    camera.frame(frame).valueOrNull()?.forEach { emit(it) }
}.flowOn(Dispatchers.Default)
