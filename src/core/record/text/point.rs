//! Code points without a token: the blocks of 128 they belong to, and the sizes of an escaped code point.

pub(super) const fn block(point: u32) -> u32 {
    point >> 7
}

/// The encoding of an escaped code point, which determines its size.
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
