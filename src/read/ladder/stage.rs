//! The stages of the ladder, their order, and their cost.

/// A stage: the image processing before a search, and what it helps against.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Stage {
    /// None: the picture as it is.
    AsIs,
    /// Half the size: for large, noisy pictures.
    Half,
    /// Twice the size: for small modules.
    Double,
    /// Contrast stretched: for pale prints and shadow.
    Stretched,
    /// Blurred: for dead dots and scratches.
    Blurred,
    /// Contrast normalised by the neighbourhood: for shadow and reflections.
    Local,
    /// Bright specks darkened: for scratches and dead dots.
    Closed,
    /// Dark specks lightened.
    Opened,
    /// Light on dark.
    Inverted,
    /// Edges sharpened: for blur.
    Sharp,
    /// A quarter of the size.
    Quarter,
    /// An eighth of the size or less: for a code that fills a large picture.
    Eighth,
    /// Two thirds of the size: for modules of many pixels with noise in them.
    TwoThirds,
    /// Twice the width: for a code seen from the side, which looks narrower than it is high.
    Wide,
    /// Twice the height: for a code seen from above or below.
    Tall,
    /// Twice the size, thresholded by the mean of a wide neighbourhood: for small modules with soft edges, on cloth and
    /// screens.
    Mean,
    /// The [soft reader](crate::read::soft) instead of the engine.
    Soft,
}

/// The stages in the order tried. The engine begins with the smallest half of a large picture, which counts as the first stage.
/// The further stages have small parts of it, so that the soft reader costs more than those before it together.
pub(super) const STAGES: [Stage; 16] = [
    Stage::AsIs,
    Stage::Half,
    Stage::Local,
    Stage::Closed,
    Stage::Blurred,
    Stage::Sharp,
    Stage::Inverted,
    Stage::Quarter,
    Stage::Soft,
    Stage::Stretched,
    Stage::Opened,
    Stage::TwoThirds,
    Stage::Wide,
    Stage::Tall,
    Stage::Mean,
    Stage::Double,
];

impl Stage {
    /// The stage's work on a picture without a readable code, as a multiple of the first stage's.
    pub(super) const fn work(self) -> u64 {
        match self {
            Self::AsIs | Self::Half | Self::Quarter | Self::Eighth | Self::TwoThirds => 1,
            Self::Stretched | Self::Inverted | Self::Wide | Self::Tall => 2,
            Self::Blurred | Self::Local | Self::Closed | Self::Opened | Self::Sharp => 4,
            Self::Soft => 4,
            Self::Double | Self::Mean => 8,
        }
    }
}
