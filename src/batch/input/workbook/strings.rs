//! Strings that cells share, in memory that is bounded, never moved, and wiped.

use crate::batch::input::error::InputError;
use zeroize::Zeroizing;

/// The bytes of one block; a string is within one.
const BLOCK: usize = 1 << 20;
/// The most bytes of all strings.
const BLOCKS_MAX: usize = 256;
/// The most strings.
const STRINGS_MAX: usize = 1 << 22;

/// The strings, by their index.
#[derive(Default)]
pub(super) struct Strings {
    blocks: Vec<Zeroizing<String>>,
    /// Block, start and end of each.
    places: Vec<(u16, u32, u32)>,
}

impl Strings {
    pub(super) fn push(&mut self, text: &str) -> Result<(), InputError> {
        if text.len() > BLOCK || self.places.len() == STRINGS_MAX {
            return Err(InputError::Large);
        }
        if self.blocks.last().is_none_or(|block| block.len() + text.len() > BLOCK) {
            if self.blocks.len() == BLOCKS_MAX {
                return Err(InputError::Large);
            }
            self.blocks.push(Zeroizing::new(String::with_capacity(BLOCK)));
        }
        let at = self.blocks.len() - 1;
        let block = &mut self.blocks[at];
        let start = block.len();
        block.push_str(text);
        // A block has 2^20 bytes, and there are 256.
        self.places.push((at as u16, start as u32, block.len() as u32));
        Ok(())
    }

    /// The number of strings.
    pub(super) const fn len(&self) -> usize {
        self.places.len()
    }

    pub(super) fn get(&self, at: usize) -> Option<&str> {
        let (block, start, end) = *self.places.get(at)?;
        self.blocks[usize::from(block)].get(start as usize..end as usize)
    }
}
