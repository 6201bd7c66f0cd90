//! The parts that all labels of a template share, drawn once and copied for each label.

use crate::label::canvas::Canvas;
use crate::label::drawing::Drawing;
use crate::label::font::Fonts;
use crate::label::layout::{self, First, Room, Zones};
use crate::label::page::Page;
use crate::label::pen::Pen;
use crate::label::template::{Template, TemplateError};

/// The shared parts of a template's labels, and of one day's labels.
pub(super) struct Backdrop {
    pub(super) zones: Zones,
    /// Shared by all labels.
    blank: (Canvas, Drawing),
    /// The same, with the day added.
    pub(super) canvas: Canvas,
    pub(super) drawing: Drawing,
    pub(super) day: String,
    /// Width in dots of the day.
    pub(super) day_width: i32,
    /// Number of characters of the day that no font has.
    pub(super) missing: usize,
}

impl Backdrop {
    pub(super) fn new(
        template: &Template,
        page: &Page,
        fonts: &mut Fonts,
        sender: Room,
        first: First,
    ) -> Result<Self, TemplateError> {
        let zones = Zones::new(template, page, sender, first);
        let (width, height) = (page.dots(page.width_mm as f32), page.dots(page.height_mm as f32));
        let mut canvas = Canvas::new(width as usize, height as usize);
        let mut drawing = Drawing::default();
        let mut pen = Pen { canvas: Some(&mut canvas), drawing: &mut drawing, fonts, page, missing: 0 };
        layout::form(&mut pen, &zones, template).map_err(TemplateError::TooLong)?;
        let blank = (canvas.clone(), drawing.clone());
        Ok(Self { zones, blank, canvas, drawing, day: String::new(), day_width: 0, missing: 0 })
    }

    /// Adds `day` if the cached one is another.
    pub(super) fn date(&mut self, day: &str, template: &Template, page: &Page, fonts: &mut Fonts) {
        if self.day == day {
            return;
        }
        let (canvas, drawing) = &self.blank;
        self.canvas.copy_from(canvas);
        self.drawing.copy_from(drawing);
        let (canvas, drawing) = (Some(&mut self.canvas), &mut self.drawing);
        let mut pen = Pen { canvas, drawing, fonts, page, missing: 0 };
        self.day_width = layout::day(&mut pen, &self.zones, template, day);
        self.missing = pen.missing;
        day.clone_into(&mut self.day);
    }
}
