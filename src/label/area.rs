//! Rectangles on a page: intersection, containment and union, in dots.

use super::canvas::Bitmap;
use super::page::Page;

/// A rectangle, in dots.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Area {
    pub(super) x: i32,
    pub(super) y: i32,
    pub(super) width: i32,
    pub(super) height: i32,
}

impl Area {
    pub(super) fn right(&self) -> i32 {
        self.x + self.width
    }

    pub(super) fn bottom(&self) -> i32 {
        self.y + self.height
    }

    pub(super) fn middle(&self) -> i32 {
        self.y + self.height / 2
    }

    /// The rectangle without a border of `x` dots at the left and right and `y` above and below.
    pub(super) fn inset(&self, x: i32, y: i32) -> Self {
        Self { x: self.x + x, y: self.y + y, width: self.width - 2 * x, height: self.height - 2 * y }
    }

    /// The bounding box of a bitmap at a position.
    pub(super) fn of_dots(dots: &Bitmap, x: i32, y: i32) -> Self {
        let rows = dots.bits.len() / dots.stride.max(1);
        Self { x, y, width: dots.stride as i32 * 8, height: rows as i32 }
    }

    /// The whole page.
    pub(super) fn of_page(page: Page) -> Self {
        let (width, height) = (page.dots(page.width_mm as f32), page.dots(page.height_mm as f32));
        Self { x: 0, y: 0, width, height }
    }

    /// Whether both share a dot, with their last bytes counted whole.
    pub(super) fn meets(&self, other: &Self) -> bool {
        let end = |area: &Self| area.x + (area.width + 7) / 8 * 8;
        // Height first: most rectangles are lines of text below each other.
        self.y < other.bottom() && other.y < self.bottom() && self.x < end(other) && other.x < end(self)
    }

    /// Whether `other` lies completely inside.
    pub(super) fn holds(&self, other: &Self) -> bool {
        self.x <= other.x
            && self.y <= other.y
            && other.right() <= self.right()
            && other.bottom() <= self.bottom()
    }

    /// The largest part of it to one side of `other`; empty if there is none.
    pub(super) fn beside(&self, other: &Self) -> Self {
        if !self.meets(other) {
            return *self;
        }
        let above = Self { height: other.y - self.y, ..*self };
        let below = Self { y: other.bottom(), height: self.bottom() - other.bottom(), ..*self };
        let left = Self { width: other.x - self.x, ..*self };
        let right = Self { x: other.right(), width: self.right() - other.right(), ..*self };
        let size = |part: &Self| i64::from(part.width.max(0)) * i64::from(part.height.max(0));
        let parts = [above, below, left, right].into_iter().filter(|part| size(part) > 0);
        parts.max_by_key(size).unwrap_or(Self { width: 0, height: 0, ..*self })
    }

    /// What both share; empty if they share nothing.
    pub(super) fn shared(&self, other: &Self) -> Self {
        let (x, y) = (self.x.max(other.x), self.y.max(other.y));
        let (right, bottom) = (self.right().min(other.right()), self.bottom().min(other.bottom()));
        Self { x, y, width: (right - x).max(0), height: (bottom - y).max(0) }
    }

    /// The smallest rectangle that contains both.
    pub(super) fn and(&self, other: &Self) -> Self {
        let (x, y) = (self.x.min(other.x), self.y.min(other.y));
        let (right, bottom) = (self.right().max(other.right()), self.bottom().max(other.bottom()));
        Self { x, y, width: right - x, height: bottom - y }
    }

    /// The part inside a page.
    pub(super) fn within(&self, page: &Self) -> Self {
        let (x, y) = (self.x.clamp(0, page.width), self.y.clamp(0, page.height));
        let (right, bottom) = (self.right().clamp(x, page.width), self.bottom().clamp(y, page.height));
        Self { x, y, width: right - x, height: bottom - y }
    }
}
