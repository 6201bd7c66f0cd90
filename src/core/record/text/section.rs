//! Encoding of a section's texts in one codec, in the fewest bits.

use super::codec::Codec;
use super::letters::LetterCursor;
use super::paths::{PathSteps, SectionPaths};
use super::point::{Size, block};
use super::tokens::Tokens;
use crate::record::sink::Sink;

/// What pieces other than tokens cost in a table.
#[derive(Clone, Copy)]
struct Costs {
    end: u16,
    /// A character of the current block.
    window: u16,
    /// Any other, without its code point.
    escape: u16,
}

impl Costs {
    fn of(tokens: Tokens) -> Self {
        let bits = |place| tokens.code(place).1 as u16;
        let table = tokens.table;
        Self { end: bits(table.end), window: bits(table.window) + 7, escape: bits(table.escape) + 2 }
    }

    /// The cost of a character alone, and the current block after it.
    fn alone(self, point: u32, current: u16) -> (u16, u16) {
        let (own, size) = (block(point) as u16, Size::of(point));
        if own == current {
            return (self.window, current);
        }
        (self.escape + size.bits() as u16, if size == Size::Ascii { current } else { own })
    }
}

/// The texts of a section in one codec of tokens, split for the fewest bits. It is filled in place: a device has no room
/// for two.
pub(super) struct SectionSplit<'s, const ROOM: usize> {
    paths: SectionPaths<'s, ROOM>,
    /// The codec of the split that was found last, and its positions.
    found: Option<(Codec, usize)>,
}

impl<'s, const ROOM: usize> SectionSplit<'s, ROOM> {
    pub(super) const fn new(steps: &'s mut PathSteps<ROOM>) -> Self {
        Self { paths: SectionPaths::new(steps), found: None }
    }

    /// Finds the split in a codec, and returns its bits. `None` if it has `limit` bits or more.
    #[cfg_attr(not(feature = "fast"), inline(never))]
    pub(super) fn find(
        &mut self,
        codec: Codec,
        letters: &mut impl LetterCursor,
        limit: usize,
    ) -> Option<usize> {
        self.found = None;
        let first = codec.table(false)?.block as u16;
        let [name, other] = [true, false].map(|name| codec.tokens(name));
        let [name, other] = [name?, other?].map(|tokens| (tokens, Costs::of(tokens)));
        let paths = &mut self.paths;
        paths.restart(first);
        letters.restart();
        let mut at = 0;
        while let Some(here) = letters.here() {
            let (tokens, costs) = if letters.is_name() { name } else { other };
            let states = paths.close(at);
            match here {
                None => {
                    states.each(|(path, mut state)| {
                        state.cost += costs.end;
                        paths.extend((path, state), 0, at + 1);
                    });
                    // Every path goes through the end of a text.
                    if usize::from(paths.cost(at + 1)) >= limit {
                        return None;
                    }
                }
                Some(point) => {
                    let mut alone = true;
                    letters.tokens(tokens, |characters, bits| {
                        alone &= characters != 1;
                        states.each(|(path, mut state)| {
                            state.cost += bits;
                            paths.extend((path, state), characters, at + usize::from(characters));
                        });
                    });
                    if alone {
                        states.each(|(path, mut state)| {
                            let (bits, block) = costs.alone(point, state.block);
                            state.cost += bits;
                            state.block = block;
                            paths.extend((path, state), 0, at + 1);
                        });
                    }
                }
            }
            letters.advance(1);
            at += 1;
        }
        let bits = paths.cost(at).into();
        self.found = Some((codec, at));
        (bits < limit).then_some(bits)
    }

    /// Writes the texts in a codec of tokens.
    pub(super) fn write(&mut self, codec: Codec, letters: &mut impl LetterCursor, sink: &mut Sink<'_>) {
        if self.found.is_none_or(|found| found.0 != codec) {
            self.find(codec, letters, usize::MAX);
        }
        let Some((_, positions)) = self.found else { return };
        self.paths.trace(positions);
        let mut current = codec.table(false).map_or(0, |table| table.block);
        letters.restart();
        let mut at = 0;
        while let Some(here) = letters.here() {
            let Some(tokens) = codec.tokens(letters.is_name()) else { return };
            let characters = self.paths.piece(at);
            match here {
                None => tokens.put(tokens.table.end, sink),
                Some(point) if characters == 0 => alone(tokens, point, &mut current, sink),
                Some(_) => tokens.put(letters.token(tokens, characters), sink),
            }
            let step = characters.max(1).into();
            letters.advance(step);
            at += step;
        }
    }
}

/// Writes a character alone.
fn alone(tokens: Tokens, point: u32, current: &mut u32, sink: &mut Sink<'_>) {
    if block(point) == *current {
        tokens.put(tokens.table.window, sink);
        sink.put(point & 0x7f, 7);
        return;
    }
    let size = Size::of(point);
    tokens.put(tokens.table.escape, sink);
    sink.put(size as u32, 2);
    sink.put(point - size.base(), size.bits());
    if size != Size::Ascii {
        *current = block(point);
    }
}
