//! The shortest path through the texts of a section: over the positions of the texts and the current blocks.
//!
//! A position is a character of a text or the end of one. From a position, a path goes on by a token, or by a character
//! alone, whose cost depends on the current block of code points, which characters alone change and texts share. So
//! the paths that reach a position are told apart by their current block, and of each block the cheapest is kept.
//!
//! A character with a token of its own is never written alone: in every table its token is at least as cheap as the
//! window. An escape of it costs the window and as much as it can save later, since all characters of a block have
//! escapes of one size. A test holds the tables to it.
//!
//! A host keeps how every position is reached. A device keeps it for a window of positions only (`STREAMED`): a path that
//! leaves the window carries along where it did, and what the cheapest path did before that is settled.

/// The paths kept at a position. More than two can compete only where two characters in a row are in no token of
/// their own, and each in one that is hardly cheaper than its escape.
pub(super) const STATES: usize = 2;

/// Positions that are open at once: more than the characters of any token.
const RING: usize = 16;

/// A window saves fewer bits than this against an escape, so that a path which is dearer by as much is of no use.
pub(super) const SAVING: u16 = 16;

const NEVER: u16 = u16::MAX;

/// How a path reaches a position.
#[derive(Clone, Copy)]
pub(super) struct PathState {
    /// The current block of code points.
    pub(super) block: u16,
    /// Its bits so far, or [`NEVER`].
    pub(super) cost: u16,
}

impl PathState {
    const NONE: Self = Self { block: 0, cost: NEVER };
}

/// The paths that go on from a position, with their numbers.
#[derive(Clone, Copy)]
pub(super) struct ReachingPaths((u8, PathState), Option<(u8, PathState)>);

impl ReachingPaths {
    /// Calls `each` for every path.
    #[inline]
    pub(super) fn each(self, mut each: impl FnMut((u8, PathState))) {
        each(self.0);
        if let Some(other) = self.1 {
            each(other);
        }
    }
}

/// The paths to all positions, at most `ROOM` − 1 and the last end; or, if `STREAMED`, to any number of them.
pub(super) struct SectionPaths<const ROOM: usize, const STREAMED: bool> {
    open: [[PathState; STATES]; RING],
    /// Where each path passes the last positions of the window, and by which of the paths that reach this position: see
    /// [`Self::passed`]. 0 before.
    passed: [[u8; STATES]; RING],
    /// How each position is reached: the characters of the last piece, 0 for one alone or an end, and in the lowest
    /// bit which path of the position before it goes on. After [`SectionPaths::trace`]: the characters of the piece that begins there.
    steps: [[u8; STATES]; ROOM],
}

impl<const ROOM: usize, const STREAMED: bool> SectionPaths<ROOM, STREAMED> {
    /// The first position at which a path counts as leaving the window: every path reaches one of the positions from here
    /// to the end of the window.
    pub(super) const LAST: usize = ROOM - RING;

    pub(super) const fn new() -> Self {
        Self {
            open: [[PathState::NONE; STATES]; RING],
            passed: [[0; STATES]; RING],
            steps: [[0; STATES]; ROOM],
        }
    }

    /// Begins anew with the path of no piece, in the first block of a codec.
    pub(super) fn restart(&mut self, block: u16) {
        self.open = [[PathState::NONE; STATES]; RING];
        self.open[0][0] = PathState { block, cost: 0 };
        if STREAMED {
            self.passed = [[0; STATES]; RING];
        }
    }

    /// The paths that reach a position, once no more will; the position is closed.
    #[inline]
    pub(super) fn close(&mut self, at: usize) -> ReachingPaths {
        if STREAMED && at >= Self::LAST {
            for (number, passed) in (0..).zip(&mut self.passed[at % RING]) {
                if *passed == 0 {
                    *passed = ((at - Self::LAST + 1) << 1) as u8 | number;
                }
            }
        }
        let states = core::mem::replace(&mut self.open[at % RING], [PathState::NONE; STATES]);
        let [one, other] = [(0, states[0]), (1, states[1])];
        // Almost always there is one.
        if other.1.cost == NEVER {
            return ReachingPaths(one, None);
        }
        let worth = least(&states).saturating_add(SAVING);
        match (one.1.cost < worth, other.1.cost < worth) {
            (true, true) => ReachingPaths(one, Some(other)),
            (false, _) => ReachingPaths(other, None),
            (true, false) => ReachingPaths(one, None),
        }
    }

    /// Extends a path by a piece of `characters`, 0 for one alone or an end, that reaches `to`.
    #[cfg_attr(feature = "fast", inline)]
    #[cfg_attr(not(feature = "fast"), inline(never))]
    pub(super) fn extend(&mut self, (path, state): (u8, PathState), characters: u8, to: usize) {
        let known = &mut self.open[to % RING];
        let place = known.iter().position(|known| known.cost == NEVER || known.block == state.block);
        // Where all are of other blocks, the dearest makes room.
        let place = place.unwrap_or_else(|| usize::from(known[1].cost > known[0].cost)) % STATES;
        if state.cost >= known[place].cost {
            return;
        }
        known[place] = state;
        if STREAMED {
            let from = to - usize::from(characters.max(1));
            self.passed[to % RING][place] = self.passed[from % RING][usize::from(path) % STATES];
            if to >= ROOM {
                return;
            }
        }
        self.steps[to % ROOM][place] = characters << 1 | path;
    }

    /// The bits of the cheapest path to a position that is not closed.
    #[inline]
    pub(super) fn cost(&self, at: usize) -> u16 {
        least(&self.open[at % RING])
    }

    /// Whether one path alone reaches a position that is not closed.
    pub(super) fn is_one(&self, at: usize) -> bool {
        self.open[at % RING][1].cost == NEVER
    }

    /// Turns the cheapest path to `end` around, so that [`SectionPaths::piece`] can be asked of it up to the position that is
    /// returned: `end`, or where it leaves the window.
    pub(super) fn trace(&mut self, mut end: usize) -> usize {
        let states = &self.open[end % RING];
        let mut path = states.iter().position(|state| state.cost == least(states)).unwrap_or(0) % STATES;
        if STREAMED && end >= ROOM {
            let passed = usize::from(self.passed[end % RING][path]);
            (end, path) = (Self::LAST + (passed >> 1) - 1, passed & 1);
        }
        let (mut at, mut ahead) = (end, 0);
        while at > 0 {
            let step = core::mem::replace(&mut self.steps[at % ROOM], [ahead; STATES])[path % STATES];
            ahead = step >> 1;
            path = usize::from(step & 1);
            at = at.saturating_sub(ahead.max(1).into());
        }
        self.steps[0] = [ahead; STATES];
        end
    }

    /// The characters of the piece that begins at a position of the traced path; 0 for one alone or an end.
    pub(super) fn piece(&self, at: usize) -> u8 {
        self.steps[at % ROOM][0]
    }
}

#[inline]
fn least(states: &[PathState; STATES]) -> u16 {
    states.iter().fold(NEVER, |least, state| least.min(state.cost))
}
