//! Sealing and opening do not allocate.
// `GlobalAlloc` is an unsafe trait; this implementation counts, and forwards to the system's allocator.
#![allow(unsafe_code)]

#[path = "../benches/common/mod.rs"]
mod common;

use common::{BenchKeys, DAY, orders, plain};
use std::alloc::{GlobalAlloc, Layout, System};
use std::cell::Cell;
use wayseal::sealer::Plain;
use wayseal::verifier::{Buffer, Verifier, Want};

thread_local! {
    static ASKED: Cell<usize> = const { Cell::new(0) };
}

struct Counting;

// SAFETY: every call is forwarded to the system's allocator; the counter does not allocate.
unsafe impl GlobalAlloc for Counting {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        ASKED.with(|asked| asked.set(asked.get() + 1));
        // SAFETY: the caller's promises are passed on.
        unsafe { System.alloc(layout) }
    }

    unsafe fn dealloc(&self, at: *mut u8, layout: Layout) {
        // SAFETY: as above.
        unsafe { System.dealloc(at, layout) }
    }
}

#[global_allocator]
static ALLOCATOR: Counting = Counting;

fn asked(work: impl FnOnce()) -> usize {
    let before = ASKED.with(Cell::get);
    work();
    ASKED.with(Cell::get) - before
}

#[test]
fn neither_codec_nor_sealing_nor_opening_allocates() {
    let keys = BenchKeys::default();
    let orders = orders(120);
    let mut buffer = Buffer::new();
    let mut encoded = Plain::empty();
    let verifier = Verifier::new(&keys.station, DAY);
    for order in &orders {
        let (delivery, contact, ready) = (order.delivery(), order.contact(), plain(order));
        let mut text = None;
        let counts = [
            asked(|| _ = encoded.encode(&delivery, contact.as_ref()).unwrap()),
            asked(|| _ = keys.sealer.seal_encoded(&keys.lane, &order.waybill, &ready).unwrap()),
            asked(|| {
                text = keys.sealer.seal(&keys.lane, &order.waybill, &delivery, contact.as_ref()).ok();
            }),
            asked(|| {
                let text = text.as_ref().unwrap();
                verifier.open(text.text.as_bytes(), Want::Both, &mut buffer).unwrap();
            }),
        ];
        assert_eq!(counts, [0; 4]);
    }
    // The counter works: an allocation is counted.
    assert_eq!(asked(|| drop(std::hint::black_box(vec![1]))), 1);
}
