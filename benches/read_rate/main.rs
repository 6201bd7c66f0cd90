//! Read rates of ours and of other pure-Rust decoders on defective labels:
//! `cargo bench --bench read_rate -- --frames 10`. `benches/rivals` runs the same with zxing-cpp.

mod frames;
mod table;

fn main() {
    table::main(&[table::OURS, table::RXING, table::RQRR]);
}
