//! Encoding of a section's texts in one codec, in the fewest bits.

use super::alone::{self, Costs};
use super::codec::Codec;
use super::letters::LetterCursor;
use super::paths::SectionPaths;
use crate::record::sink::Sink;

/// The texts of a section in one codec of tokens, split for the fewest bits. That of a device is `STREAMED`: its `ROOM` is less
/// than the positions of long texts.
pub(super) struct SectionSplit<const ROOM: usize, const STREAMED: bool = false> {
    paths: SectionPaths<ROOM, STREAMED>,
    /// The codec of the split that was found last, and its positions.
    found: Option<(Codec, usize)>,
}

impl<const ROOM: usize, const STREAMED: bool> SectionSplit<ROOM, STREAMED> {
    pub(super) const fn new() -> Self {
        Self { paths: SectionPaths::new(), found: None }
    }

    /// Finds the split in a codec, and returns its bits. `None` if it has `limit` bits or more.
    pub(super) fn find(
        &mut self,
        codec: Codec,
        letters: &mut impl LetterCursor,
        limit: usize,
    ) -> Option<usize> {
        letters.restart();
        let first = codec.table(false)?.block;
        self.found = None;
        let at = self.walk(codec, first, letters, limit, false)?;
        let bits = self.paths.cost(at).into();
        self.found = Some((codec, at));
        (bits < limit).then_some(bits)
    }

    /// Walks all paths from the cursor to the last end, and returns the positions passed; `None` once all have `limit` bits
    /// or more. With `settle`, it ends earlier where what lies in the window is settled.
    #[cfg_attr(not(feature = "fast"), inline(never))]
    fn walk(
        &mut self,
        codec: Codec,
        first: u32,
        letters: &mut impl LetterCursor,
        limit: usize,
        settle: bool,
    ) -> Option<usize> {
        let [name, other] = [true, false].map(|name| codec.tokens(name));
        let [name, other] = [name?, other?].map(|tokens| (tokens, Costs::of(tokens)));
        let paths = &mut self.paths;
        paths.restart(first as u16);
        // The last position that a path reaches.
        let (mut at, mut reached) = (0, 0);
        while let Some(here) = letters.here() {
            // Every path goes through this position, as through the end of a text.
            if reached == at {
                if usize::from(paths.cost(at)) >= limit {
                    return None;
                }
                if STREAMED && settle && at >= ROOM && paths.is_one(at) {
                    break;
                }
            }
            let (tokens, costs) = if letters.is_name() { name } else { other };
            let states = paths.close(at);
            let mut alone = true;
            if here.is_some() {
                letters.tokens(tokens, |characters, bits| {
                    alone &= characters != 1;
                    let to = at + usize::from(characters);
                    reached = reached.max(to);
                    states.each(|(path, mut state)| {
                        state.cost += bits;
                        paths.extend((path, state), characters, to);
                    });
                });
            }
            if alone {
                states.each(|(path, mut state)| {
                    let (bits, block) = match here {
                        Some(point) => costs.alone(point, state.block),
                        None => (costs.end, state.block),
                    };
                    state.cost += bits;
                    state.block = block;
                    paths.extend((path, state), 0, at + 1);
                });
            }
            letters.advance(1);
            at += 1;
            reached = reached.max(at);
        }
        Some(at)
    }

    /// Writes the texts in a codec of tokens.
    pub(super) fn write(&mut self, codec: Codec, letters: &mut impl LetterCursor, sink: &mut Sink<'_>) {
        let mut current = codec.table(false).map_or(0, |table| table.block);
        let mut known = self.found.filter(|found| found.0 == codec && (!STREAMED || found.1 < ROOM));
        let mut start = 0;
        letters.restart();
        while letters.here().is_some() {
            let end = match known.take() {
                Some((_, end)) => Some(end),
                None => self.walk(codec, current, letters, usize::MAX, true),
            };
            let Some(end) = end else { return };
            let settled = self.paths.trace(end);
            letters.restart();
            letters.advance(start);
            let mut at = 0;
            while at < settled
                && let Some(here) = letters.here()
            {
                let Some(tokens) = codec.tokens(letters.is_name()) else { return };
                let characters = self.paths.piece(at);
                let (place, point, bits) = match here {
                    None => (tokens.table.end, 0, 0),
                    Some(point) if characters == 0 => alone::code(tokens.table, point, &mut current),
                    Some(_) => (letters.token(tokens, characters), 0, 0),
                };
                tokens.put(place, sink);
                sink.put(point, bits);
                let step = characters.max(1).into();
                letters.advance(step);
                at += step;
            }
            start += settled;
        }
    }
}
