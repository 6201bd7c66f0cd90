//! Chooses the codec of a section on a host.

use super::classes::Classes;
use super::codec::{AllowedCodecs, Codec};
use super::section::SectionSplit;
use super::single::{Close, SinglePaths};

/// All codecs. Of equally short ones the first is taken.
pub(super) const ORDER: &[Codec] = &[
    Codec::Chinese,
    Codec::ChineseOnly,
    Codec::Plain,
    Codec::Latin,
    Codec::Script,
    #[cfg(feature = "japanese")]
    Codec::Japanese,
    #[cfg(feature = "korean")]
    Codec::Korean,
];

impl Codec {
    /// Its place in the order.
    pub(super) fn rank(self) -> usize {
        ORDER.iter().position(|codec| *codec == self).unwrap_or(ORDER.len())
    }

    /// The number of its table in the tries; the name's has its own.
    fn table_number(self, name: bool) -> usize {
        match self {
            Self::Chinese if name => 0,
            Self::Plain | Self::Chinese | Self::ChineseOnly => 1,
            Self::Latin => 2,
            Self::Script => 3,
            #[cfg(feature = "japanese")]
            Self::Japanese => 4,
            #[cfg(feature = "korean")]
            Self::Korean => 4 + usize::from(cfg!(feature = "japanese")),
        }
    }
}

/// Lower bounds in bits for the texts in each codec, of those that the label may be in. That for UTF-8 is exact.
#[derive(Clone, Copy)]
pub(super) struct CodecFloors([usize; 7]);

impl CodecFloors {
    pub(super) fn new<const ROOM: usize>(
        texts: &[&str],
        letters: &Classes<ROOM>,
        allowed: AllowedCodecs,
    ) -> Self {
        let mut floors = [usize::MAX; 7];
        let [name, rest] = letters.floors();
        for &codec in ORDER.iter().filter(|codec| allowed.has(**codec)) {
            floors[codec as usize] = name[codec.table_number(true)] + rest[codec.table_number(false)];
        }
        floors[Codec::Plain as usize] =
            texts.iter().filter(|text| !text.is_empty()).map(|text| 8 * (text.len() + 1)).sum();
        Self(floors)
    }

    pub(super) const fn of(&self, codec: Codec) -> usize {
        self.0[codec as usize]
    }

    /// The codec that is likely the shortest.
    fn likely(&self) -> Codec {
        let tables = ORDER.iter().filter(|codec| **codec != Codec::Plain);
        tables.min_by_key(|codec| self.of(**codec)).copied().unwrap_or(Codec::Plain)
    }
}

/// Searches all codecs with one path to a position each. Returns the paths of the shortest, or `None` for UTF-8.
pub(super) fn choose_single<'s, const ROOM: usize>(
    floors: CodecFloors,
    letters: &Classes<ROOM>,
    [mut best, mut other]: [&'s mut SinglePaths<ROOM>; 2],
) -> Result<Option<&'s SinglePaths<ROOM>>, Close> {
    let mut codec = Codec::Plain;
    let mut least = floors.of(codec);
    let likely = floors.likely();
    let mut left = [likely].into_iter().chain(ORDER.iter().copied()).enumerate();
    if matches!(likely, Codec::Chinese | Codec::ChineseOnly) {
        if pass_chinese(letters, best, other)? {
            core::mem::swap(&mut best, &mut other);
        }
        // Of the order, the first two.
        left.by_ref().take(3).for_each(drop);
        if best.bits(letters.len()) <= least {
            (codec, least) = (best.codec(), best.bits(letters.len()));
        }
    }
    for (turn, tried) in left {
        // An earlier codec of the order wins where both are equally short.
        let limit = least + usize::from(tried.rank() < codec.rank());
        if tried == Codec::Plain || turn > 0 && tried == likely || floors.of(tried) >= limit {
            continue;
        }
        other.restart(tried, letters);
        other.pass_name(letters)?;
        if other.pass_rest(letters, limit)? {
            (codec, least) = (tried, other.bits(letters.len()));
            core::mem::swap(&mut best, &mut other);
        }
    }
    Ok((codec != Codec::Plain).then_some(best))
}

/// Both Chinese codecs, which differ only in the table of the name: where it leaves them in one block, the name decides.
/// Returns whether the second is the shorter one.
fn pass_chinese<const ROOM: usize>(
    letters: &Classes<ROOM>,
    own: &mut SinglePaths<ROOM>,
    shared: &mut SinglePaths<ROOM>,
) -> Result<bool, Close> {
    let name = letters.name_end();
    for (paths, codec) in [(&mut *own, Codec::Chinese), (&mut *shared, Codec::ChineseOnly)] {
        paths.restart(codec, letters);
        paths.pass_name(letters)?;
    }
    let alike = own.block(name) == shared.block(name);
    let shorter = shared.bits(name) < own.bits(name);
    if !alike || !shorter {
        own.pass_rest(letters, usize::MAX)?;
    }
    if !alike || shorter {
        shared.pass_rest(letters, usize::MAX)?;
    }
    let all = letters.len();
    Ok(if alike { shorter } else { shared.bits(all) < own.bits(all) })
}

/// Searches all codecs with two paths to a position each. Returns the shortest, whose split is found again when it is written.
pub(super) fn choose<const ROOM: usize, const STREAMED: bool>(
    floors: CodecFloors,
    letters: &mut Classes<ROOM>,
    split: &mut SectionSplit<ROOM, STREAMED>,
) -> Codec {
    let (mut best, mut least) = (Codec::Plain, floors.of(Codec::Plain));
    for &codec in ORDER.iter().filter(|codec| **codec != Codec::Plain) {
        let limit = least + usize::from(codec.rank() < best.rank());
        if floors.of(codec) < limit
            && let Some(bits) = split.find(codec, letters, limit)
        {
            (best, least) = (codec, bits);
        }
    }
    best
}
