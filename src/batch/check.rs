//! Reads a finished label back, as a scanner would, before it counts as made.
//!
//! In goes a picture or a payload's text, with the text expected; out comes whether the QR code gives that text and the
//! text opens. It uses the leaves of the sealer's own grant, so it can open nothing but that sealer's labels of the day.

use crate::keys::{Day, Node};
use crate::label::Canvas;
use crate::read::image::{self, Gray};
use crate::read::ladder;
use crate::verifier::{Buffer, Verifier, Want};

/// Checks labels by opening them with the sealer's own leaves.
#[derive(Clone, Copy, Debug)]
pub struct Check<'a> {
    leaves: &'a [Node],
    day: Day,
}

impl<'a> Check<'a> {
    /// A check with the leaves of a sealer's grant.
    #[must_use]
    pub const fn new(leaves: &'a [Node], day: Day) -> Self {
        Self { leaves, day }
    }

    /// Whether every section of a payload opens.
    #[must_use]
    pub fn opens(&self, text: &[u8]) -> bool {
        let mut buffer = Buffer::new();
        Verifier::new(self.leaves, self.day).open(text, Want::Both, &mut buffer).is_ok()
    }

    /// Whether a QR code in the picture gives `text`, and every section of it opens.
    #[must_use]
    pub fn reads(&self, picture: &Gray, text: &str) -> bool {
        let mut same = |read: &str| read == text;
        !ladder::read(picture, &mut same).is_empty() && self.opens(text.as_bytes())
    }

    /// As [`reads`](Self::reads), from the bytes of an image file.
    #[must_use]
    pub fn reads_file(&self, file: &[u8], text: &str) -> bool {
        image::load(file).is_ok_and(|picture| self.reads(&picture, text))
    }
}

/// Converts the dots of a label to grey pixels.
#[must_use]
pub fn gray(canvas: &Canvas) -> Gray {
    let (width, height) = (canvas.width(), canvas.height());
    let mut pixels = Vec::with_capacity(width * height);
    for row in canvas.bits().chunks_exact(canvas.stride().max(1)) {
        pixels.extend((0..width).map(|x| if row[x / 8] << (x % 8) & 0x80 == 0 { 255 } else { 0 }));
    }
    Gray { width: width as u32, height: height as u32, pixels }
}
