//! Reads a video: a stream of JPEG frames (Motion JPEG), as `ffmpeg -f v4l2 -i /dev/video0 -c copy -f mjpeg -` writes it.
//!
//! In goes a stream; out come the texts of each frame. A damaged frame is counted and skipped. A frame is at most 16 MiB,
//! so that a stream without markers cannot exhaust memory.

use super::image::{self, Gray};
use super::ladder::{self, Turns};
use std::io::{self, BufRead as _, BufReader, Read as _};

/// The largest frame, in bytes.
const FRAME_MAX: usize = 16 << 20;

/// Reads the codes of a stream, frame by frame.
///
/// ```
/// use wayseal::{payload::Payload, read::frames::Frames};
///
/// let stream = std::io::empty(); // Standard input, in a program.
/// let mut frames = Frames::new(stream);
/// while let Some(reads) = frames.next(&mut |text| Payload::parse(text.as_bytes()).is_ok())? {
///     for read in reads {
///         println!("{}", read.text);
///     }
/// }
/// # Ok::<(), std::io::Error>(())
/// ```
pub struct Frames<R> {
    stream: BufReader<R>,
    turns: Turns,
    picture: Option<Gray>,
    seen: u64,
    damaged: u64,
}

impl<R: io::Read> Frames<R> {
    /// Frames from a stream.
    pub fn new(stream: R) -> Self {
        Self {
            stream: BufReader::with_capacity(1 << 16, stream),
            turns: Turns::default(),
            picture: None,
            seen: 0,
            damaged: 0,
        }
    }

    /// The codes of the next frame whose text `accept` accepts; `None` at the end of the stream. A damaged frame gives an
    /// empty list, and is counted.
    ///
    /// # Errors
    /// Errors of the stream.
    pub fn next(
        &mut self,
        accept: &mut dyn FnMut(&str) -> bool,
    ) -> io::Result<Option<Vec<ladder::ReadText>>> {
        let Some(frame) = self.jpeg()? else { return Ok(None) };
        self.seen += 1;
        self.picture = image::load(&frame).ok();
        let Some(picture) = &self.picture else {
            self.damaged += 1;
            return Ok(Some(Vec::new()));
        };
        Ok(Some(self.turns.read(picture, accept)))
    }

    /// The last frame, for reading other codes on it; `None` if it was damaged.
    pub const fn picture(&self) -> Option<&Gray> {
        self.picture.as_ref()
    }

    /// The number of frames so far, and of damaged ones among them.
    pub const fn counts(&self) -> (u64, u64) {
        (self.seen, self.damaged)
    }

    fn byte(&mut self) -> io::Result<Option<u8>> {
        let byte = self.stream.fill_buf()?.first().copied();
        self.stream.consume(usize::from(byte.is_some()));
        Ok(byte)
    }

    /// The bytes of the next JPEG, from its start marker to its end marker (ITU-T T.81, annex B). Segments are skipped by
    /// their length, since a thumbnail within one has markers of its own.
    fn jpeg(&mut self) -> io::Result<Option<Vec<u8>>> {
        // Skip to the next start marker.
        let mut last = 0;
        loop {
            let Some(byte) = self.byte()? else { return Ok(None) };
            if last == 0xff && byte == 0xd8 {
                break;
            }
            last = byte;
        }
        let mut frame = vec![0xff, 0xd8];
        while self.take_to_marker(&mut frame)? {
            let Some(marker) = self.byte()? else { break };
            frame.push(marker);
            match marker {
                0xd9 => break,
                // Stuffed bytes and restart markers have no length; every other marker has one.
                0x00 | 0x01 | 0xd0..=0xd8 => {}
                _ => {
                    let (Some(high), Some(low)) = (self.byte()?, self.byte()?) else { break };
                    frame.extend([high, low]);
                    let length = usize::from(u16::from_be_bytes([high, low])).saturating_sub(2);
                    let from = frame.len();
                    (&mut self.stream).take(length as u64).read_to_end(&mut frame)?;
                    if frame.len() - from < length {
                        break;
                    }
                }
            }
        }
        Ok(Some(frame))
    }

    /// Appends everything before the second byte of the next marker; returns false if the stream ends first, or the frame is
    /// too large.
    fn take_to_marker(&mut self, frame: &mut Vec<u8>) -> io::Result<bool> {
        let mut filled = false;
        while frame.len() <= FRAME_MAX {
            let bytes = self.stream.fill_buf()?;
            match (bytes.first(), memchr::memchr(0xff, bytes)) {
                (None, _) => return Ok(false),
                // Any number of fill bytes 0xff may precede a marker.
                (Some(byte), _) if filled && *byte != 0xff => return Ok(true),
                (_, Some(at)) => {
                    frame.extend_from_slice(&bytes[..=at]);
                    self.stream.consume(at + 1);
                    filled = true;
                }
                (_, None) => {
                    frame.extend_from_slice(bytes);
                    let len = bytes.len();
                    self.stream.consume(len);
                }
            }
        }
        Ok(false)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A JPEG with a segment that contains markers.
    fn frame(side: u32) -> Vec<u8> {
        let mut file = Vec::new();
        let pixels: Vec<u8> = (0..side * side).map(|i| (i % 251) as u8).collect();
        ::image::codecs::jpeg::JpegEncoder::new(&mut file)
            .encode(&pixels, side, side, ::image::ExtendedColorType::L8)
            .unwrap();
        file.splice(2..2, [0xff, 0xe1, 0, 8, 0xff, 0xd9, 0xff, 0xd8, 0, 0]);
        file
    }

    #[test]
    fn frames_are_cut_where_they_end() {
        let (a, b) = (frame(16), frame(40));
        let stream = [&b"noise\xff"[..], &a, b"between", &b, &a[..a.len() / 2]].concat();
        let mut frames = Frames::new(&stream[..]);
        assert_eq!(frames.jpeg().unwrap().as_ref(), Some(&a));
        assert_eq!(frames.jpeg().unwrap().as_ref(), Some(&b));
        let mut rest = Frames::new(&stream[..]);
        while rest.next(&mut |_| true).unwrap().is_some() {}
        assert_eq!(rest.counts().0, 3);
    }
}
