//! The shortest split of a section's texts on a host, while one path to each position is enough.
//!
//! [`SectionPaths`](super::paths::SectionPaths) keeps two paths to a position, told apart by their current blocks. Nearly
//! always one of two is dearer by so much that no window makes up for it ([`SAVING`]). This search keeps the cheapest path
//! alone, and gives up where two of different blocks come close to each other. Where it does not, it finds the split that
//! the other one finds, in half the instructions.

use super::alone::{self, Costs};
use super::classes::Classes;
use super::codec::Codec;
use super::paths::SAVING;
use super::tokens::Tokens;
use crate::record::sink::Sink;

/// The cheapest path to a position, and its last piece.
#[derive(Clone, Copy)]
struct Reached {
    /// Bits so far.
    cost: u16,
    /// The current block of code points.
    block: u16,
    /// The token of the last piece; nothing if that is a character alone or an end.
    place: u16,
    /// The characters of the last piece, 0 for one alone or an end.
    characters: u16,
}

impl Reached {
    /// Dearer than any path, by more than [`SAVING`].
    const NEVER: Self = Self { cost: u16::MAX, ..Self::BEGINNING };
    /// The path of no piece.
    const BEGINNING: Self = Self { cost: 0, block: 0, place: 0, characters: 0 };
}

/// Two paths of different blocks are so close that both count.
pub(super) struct Close;

/// The cheapest paths to the positions of a section's texts in one codec.
pub(super) struct SinglePaths<const ROOM: usize> {
    codec: Codec,
    reached: [Reached; ROOM],
}

impl<const ROOM: usize> SinglePaths<ROOM> {
    pub(super) const fn new() -> Self {
        // All zeros: one fill, where a copy of a constant would be read from memory for every section.
        Self { codec: Codec::Plain, reached: [Reached::BEGINNING; ROOM] }
    }

    /// Begins anew with the path of no piece, in the first block of a codec. Of the positions up to the end of the texts,
    /// no path reaches any other.
    pub(super) fn restart(&mut self, codec: Codec, letters: &Classes<ROOM>) {
        self.codec = codec;
        let block = codec.table(false).map_or(0, |table| table.block) as u16;
        self.reached[0] = Reached { block, ..Reached::BEGINNING };
        self.reached[1..=letters.len() % ROOM].fill(Reached::NEVER);
    }

    pub(super) const fn codec(&self) -> Codec {
        self.codec
    }

    /// The bits to a position.
    pub(super) fn bits(&self, at: usize) -> usize {
        self.reached[at % ROOM].cost.into()
    }

    /// The current block at a position.
    pub(super) fn block(&self, at: usize) -> u16 {
        self.reached[at % ROOM].block
    }

    /// Extends the paths over the name.
    pub(super) fn pass_name(&mut self, letters: &Classes<ROOM>) -> Result<(), Close> {
        self.pass(true, letters, 0, letters.name_end(), usize::MAX).map(|_| ())
    }

    /// Extends the paths over the texts after the name. `false` once all have `limit` bits or more.
    pub(super) fn pass_rest(&mut self, letters: &Classes<ROOM>, limit: usize) -> Result<bool, Close> {
        self.pass(false, letters, letters.name_end(), letters.len(), limit)
    }

    fn pass(
        &mut self,
        name: bool,
        letters: &Classes<ROOM>,
        from: usize,
        end: usize,
        limit: usize,
    ) -> Result<bool, Close> {
        let Some(tokens) = self.codec.tokens(name) else { return Ok(false) };
        let costs = Costs::of(tokens);
        let mut close = false;
        for at in from..end {
            let here = self.reached[at % ROOM];
            let mut own = false;
            letters.walk(tokens, at, |characters, place, bits| {
                own |= characters == 1;
                let piece = Reached { cost: here.cost + bits, place, characters: characters.into(), ..here };
                close |= self.reach(at + usize::from(characters), piece);
            });
            // A character with a token of its own is never written alone.
            if own {
                continue;
            }
            let (bits, block) = match letters.point(at) {
                Some(point) => costs.alone(point, here.block),
                None if usize::from(here.cost) >= limit => return Ok(false),
                None => (costs.end, here.block),
            };
            close |= self.reach(at + 1, Reached { cost: here.cost + bits, block, ..Reached::NEVER });
        }
        if close { Err(Close) } else { Ok(self.bits(end) < limit) }
    }

    /// Adds a path to a position. Returns whether it and the one that is known are of different blocks and about as cheap.
    #[inline]
    fn reach(&mut self, to: usize, path: Reached) -> bool {
        let known = &mut self.reached[to % ROOM];
        let other = known.block != path.block;
        if path.cost < known.cost {
            let close = other && known.cost - path.cost < SAVING;
            *known = path;
            return close;
        }
        other && path.cost - known.cost < SAVING
    }

    /// Writes the texts.
    pub(super) fn write(&self, letters: &Classes<ROOM>, sink: &mut Sink<'_>) {
        let [Some(name), Some(rest)] = [true, false].map(|name| self.codec.tokens(name)) else { return };
        // The ends of the pieces, the last one first.
        let (mut ends, mut pieces) = ([0u16; ROOM], 0);
        let mut at = letters.len();
        while at > 0 {
            ends[pieces % ROOM] = at as u16;
            pieces += 1;
            at = at.saturating_sub(self.reached[at % ROOM].characters.max(1).into());
        }
        let mut start = 0;
        while pieces > 0 {
            pieces -= 1;
            let end = usize::from(ends[pieces % ROOM]);
            let tokens: Tokens = if start < letters.name_end() { name } else { rest };
            let piece = self.reached[end % ROOM];
            if piece.characters > 0 {
                tokens.put(piece.place, sink);
            } else if let Some(point) = letters.point(start) {
                let mut current = self.reached[start % ROOM].block.into();
                let (place, point, bits) = alone::code(tokens.table, point, &mut current);
                tokens.put(place, sink);
                sink.put(point, bits);
            } else {
                tokens.put(tokens.table.end, sink);
            }
            start = end;
        }
    }
}
