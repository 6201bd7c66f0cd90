//! Code points that no token holds: their blocks, and the sizes in which they are written whole.

pub(super) const fn block(point: u32) -> u32 {
    point >> 7
}

/// Whether a character of `text` is of one of two blocks.
pub(in crate::record) fn touches(text: &str, blocks: [u32; 2]) -> bool {
    text.chars().any(|character| blocks.contains(&block(character as u32)))
}

/// How a whole code point is written; each has one size.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Size {
    Ascii = 0,
    Han = 1,
    Basic = 2,
    Supplementary = 3,
}

impl Size {
    pub(super) const fn of(point: u32) -> Self {
        match point {
            0..=0x7f => Self::Ascii,
            0x4e00..=0x9fff => Self::Han,
            0x80..=0xffff => Self::Basic,
            _ => Self::Supplementary,
        }
    }

    pub(super) const fn bits(self) -> u32 {
        match self {
            Self::Ascii => 7,
            Self::Han => 15,
            Self::Basic => 16,
            Self::Supplementary => 20,
        }
    }

    pub(super) const fn base(self) -> u32 {
        match self {
            Self::Han => 0x4e00,
            Self::Supplementary => 0x1_0000,
            Self::Ascii | Self::Basic => 0,
        }
    }
}
