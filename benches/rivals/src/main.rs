//! The frames of `benches/read_rate` with zxing-cpp in the same run:
//! `cargo run --release --manifest-path benches/rivals/Cargo.toml -- --frames 10`.

#[path = "../../read_rate/boxes.rs"]
mod boxes;
#[path = "../../read_rate/frames.rs"]
mod frames;
#[path = "../../read_rate/photos.rs"]
mod photos;
#[path = "../../read_rate/random.rs"]
mod random;
#[path = "../../read_rate/sheet.rs"]
mod sheet;
#[path = "../../read_rate/table.rs"]
mod table;

const ZXING_CPP: table::Decoder = table::Decoder {
    name: "zxing-cpp",
    read: |picture| {
        let Ok(view) = zxingcpp::ImageView::from_slice(
            &picture.pixels,
            picture.width,
            picture.height,
            zxingcpp::ImageFormat::Lum,
        ) else {
            return Vec::new();
        };
        // By default it tries harder, rotated, inverted and downscaled.
        let reader = zxingcpp::read().formats([zxingcpp::BarcodeFormat::QRCode]);
        reader.from(view).map(|codes| codes.iter().map(|code| code.text()).collect()).unwrap_or_default()
    },
};

fn main() {
    if std::env::args().any(|argument| argument == "--boxes") {
        return boxes::main(&[table::OURS, ZXING_CPP, table::RXING]);
    }
    table::main(&[table::OURS, ZXING_CPP, table::RXING, table::RQRR]);
}
