//! ZPL II: the page as graphic fields, in bands under Zebra's limit, compressed (`:Z64:`); on request the
//! codes by the printer's own commands.

use crate::label::crc16::crc16;
use crate::label::deflate::{self, Rows};
use crate::label::format::{Codes, without_codes};
use crate::label::{Bars, Composed};
use base64::{Engine as _, engine::general_purpose::STANDARD};
use std::fmt::Write;

/// Bytes a `^GF` may have, less one.
const BAND_MAX: usize = 99_998;

/// One label, dot for dot.
#[must_use]
pub fn encode(label: &Composed<'_>, codes: Codes) -> Vec<u8> {
    // Characters that begin a command or a change of set are left to dots.
    let native_codes = codes == Codes::Native && !label.bars.text.contains(['^', '~', '>', '\\']);
    let own = native_codes.then(|| without_codes(label));
    let canvas = own.as_ref().unwrap_or(label.canvas);
    let stride = canvas.stride();
    let rows = BAND_MAX / stride.max(1);
    let mut out = format!("^XA^PW{}^LL{}^LH0,0", canvas.width(), canvas.height());
    let mut packed = Vec::new();
    for (band, bytes) in canvas.bits().chunks(rows * stride).enumerate() {
        packed.clear();
        deflate::compress(bytes, stride, Rows::Ink, &mut packed);
        let packed = STANDARD.encode(&packed);
        let (y, size, check) = (band * rows, bytes.len(), crc16(packed.as_bytes()));
        // Writing to a String cannot fail.
        let _ = write!(out, "\n^FO0,{y}^GFA,{size},{size},{stride},:Z64:{packed}:{check:04X}^FS");
    }
    if native_codes {
        native(label, &mut out);
    }
    out.push_str("\n^XZ\n");
    out.into_bytes()
}

/// Code 128 in automatic mode, and QR model 2. `^FD` of a QR begins with the level and `A,` for automatic,
/// without which the printer takes the first characters of the text for them. Printers set a QR lower by the
/// height that `^BY` gives, ten dots unless told.
fn native(label: &Composed<'_>, out: &mut String) {
    const LOWER: i32 = 10;
    let Bars { x, y, height, module, text, .. } = label.bars;
    let _ = write!(out, "\n^FO{x},{y}^BY{module},2,{height}^BCN,{height},N,N,N,A^FD{text}^FS");
    let symbol = label.symbol;
    let (level, dots, mask) = (symbol.choice.level, symbol.choice.dots, symbol.mask.number());
    let _ = write!(
        out,
        "\n^FO{},{}^BY2,2,{LOWER}^BQN,2,{dots},{level},{mask}^FD{level}A,{}^FS",
        symbol.x,
        symbol.y - LOWER,
        symbol.text
    );
}
