//! Read rates of ours and of other pure-Rust decoders on defective labels:
//! `cargo bench --bench read_rate -- --frames 10`. `benches/rivals` runs the same with zxing-cpp.
//! `-- --hostile` prints instead how long the worst pictures take, and how many frames of a video are read a second.

mod frames;
mod hostile;
mod table;

fn main() {
    if std::env::args().any(|argument| argument == "--hostile") {
        return hostile::main();
    }
    table::main(&[table::OURS, table::RXING, table::RQRR]);
}
