//! The arrangement of labels on a sheet.

/// Points (1/72 inch) per millimetre.
pub(super) fn points(mm: f32) -> f32 {
    mm * 72.0 / 25.4
}

/// Labels on a sheet, centred; turned by 90° if more fit that way.
pub(super) struct PdfGrid {
    columns: usize,
    rows: usize,
    turned: bool,
    sheet: [f32; 2],
    label: [f32; 2],
}

impl PdfGrid {
    pub(super) fn new(sheet: [f32; 2], label: [f32; 2]) -> Self {
        // One point of tolerance, so that a page of the label's own size fits one label.
        let fits = |along: f32, length: f32| ((along + 1.0) / length) as usize;
        let [upright, turned] = [label, [label[1], label[0]]]
            .map(|[width, height]| [fits(sheet[0], width), fits(sheet[1], height)]);
        let turn = turned[0] * turned[1] > upright[0] * upright[1];
        let [columns, rows] = if turn { turned } else { upright };
        Self { columns: columns.max(1), rows: rows.max(1), turned: turn, sheet, label }
    }

    /// The number of labels per sheet, at least one.
    pub(super) fn room(&self) -> usize {
        self.columns * self.rows
    }

    /// The transformation matrix for position `at`, counted in rows from the top left.
    pub(super) fn place(&self, at: usize) -> [f32; 6] {
        let [width, height] = if self.turned { [self.label[1], self.label[0]] } else { self.label };
        let middle = |all: f32, count: usize, one: f32| (all - count as f32 * one) / 2.0;
        let x = middle(self.sheet[0], self.columns, width) + (at % self.columns) as f32 * width;
        let top = middle(self.sheet[1], self.rows, height) + (at / self.columns) as f32 * height;
        let y = self.sheet[1] - top - height;
        if self.turned { [0.0, 1.0, -1.0, 0.0, x + width, y] } else { [1.0, 0.0, 0.0, 1.0, x, y] }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn as_many_labels_as_fit_are_on_a_sheet() {
        let a4 = [210.0, 297.0].map(points);
        for (label, room, turned) in [
            ([76.0, 130.0], 4, false),
            ([100.0, 150.0], 2, false),
            ([100.0, 180.0], 2, false),
            ([140.0, 200.0], 2, true),
            ([300.0, 300.0], 1, false),
        ] {
            let grid = PdfGrid::new(a4, label.map(points));
            assert_eq!((grid.room(), grid.turned), (room, turned), "{label:?}");
        }
    }
}
