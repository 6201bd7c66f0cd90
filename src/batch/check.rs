//! A finished label, read back with a scanner's eyes before it counts.

use crate::keys::{Day, Node};
use crate::label::Canvas;
use crate::read::image::{self, Gray};
use crate::read::ladder;
use crate::verifier::{Buffer, Verifier, Want};

/// Opens labels with the sealer's own leaves.
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

    /// Whether a payload's text opens, every section of it.
    #[must_use]
    pub fn opens(&self, text: &[u8]) -> bool {
        let mut buffer = Buffer::new();
        Verifier::new(self.leaves, self.day).open(text, Want::Both, &mut buffer).is_ok()
    }

    /// Whether a picture's QR code gives that text, and it opens.
    #[must_use]
    pub fn reads(&self, picture: &Gray, text: &str) -> bool {
        let mut same = |read: &str| read == text;
        !ladder::read(picture, &mut same).is_empty() && self.opens(text.as_bytes())
    }

    /// Whether a picture's file gives that text, and it opens.
    #[must_use]
    pub fn reads_file(&self, file: &[u8], text: &str) -> bool {
        image::load(file).is_ok_and(|picture| self.reads(&picture, text))
    }
}

/// The dots of a label as a scanner sees them.
#[must_use]
pub fn gray(canvas: &Canvas) -> Gray {
    let (width, height) = (canvas.width(), canvas.height());
    let mut pixels = Vec::with_capacity(width * height);
    for row in canvas.bits().chunks_exact(canvas.stride().max(1)) {
        pixels.extend((0..width).map(|x| if row[x / 8] << (x % 8) & 0x80 == 0 { 255 } else { 0 }));
    }
    Gray { width: width as u32, height: height as u32, pixels }
}
