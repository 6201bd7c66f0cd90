//! What takes minutes without optimisation: every picture of those that `moved.rs` and `pictures.rs` sample, every fault of a device's
//! store, every label of `layout.rs`, every planted name of `manifest.rs`, more files in every encoding, files made to take memory and
//! time, every label of the demonstration, and the commands of the READMEs and the guide, which open a root some thirty times.
//! `.ci/parts/65-optimised.sh` runs it in a release build.

#[cfg(unix)]
#[path = "transcripts/blocks.rs"]
mod blocks;
#[cfg(target_os = "linux")]
#[path = "optimised/bombs.rs"]
mod bombs;
#[cfg(target_os = "linux")]
#[allow(dead_code, reason = "workbooks.rs writes more")]
#[path = "workbooks/book.rs"]
mod book;
#[cfg(target_os = "linux")]
mod bounds;
mod common;
#[path = "moved/drawing.rs"]
mod drawing;
#[path = "pictures/drawn.rs"]
mod drawn;
mod encodings;
mod faults;
#[path = "moved/judging.rs"]
mod judging;
mod layout;
mod manifest;
#[path = "moved/neighbours.rs"]
mod neighbours;
#[path = "optimised/story.rs"]
mod story;
#[cfg(target_os = "linux")]
#[path = "optimised/within.rs"]
mod within;

use common::sample::Sample;
use judging::{foreign_layouts, own_and_moved, strangers};
use neighbours::neighbours;

#[test]
fn every_moved_code_is_found_and_no_label_accused_whatever_its_layout() {
    let judged = own_and_moved(Sample::one_of(1));
    assert!(judged.own >= 30 && judged.moved >= 100, "{} own, {} moved", judged.own, judged.moved);
}

#[test]
fn no_bar_code_that_is_not_the_labels_raises_an_alarm() {
    let judged = strangers(Sample::one_of(1));
    assert!(judged > 100, "{judged}");
}

#[test]
fn no_neighbour_is_taken_for_a_labels_own_bar_code_however_it_lies() {
    let judged = neighbours(Sample::one_of(1));
    assert!(judged >= 500, "{judged}");
}

#[test]
fn no_label_of_a_carriers_own_layout_is_accused() {
    let judged = foreign_layouts(Sample::one_of(1));
    assert!(judged > 80, "{judged}");
}

#[test]
fn light_on_dark_transparent_and_twelve_bits_are_read_at_any_size() {
    drawn::are_read(&[2, 3, 5, 9, 16]);
}

#[cfg(unix)]
#[test]
fn the_commands_of_the_readme_run() {
    blocks::run("README.md", 5);
}

#[cfg(unix)]
#[test]
fn the_commands_of_the_chinese_readme_run() {
    blocks::run("docs/README.zh.md", 5);
}

#[cfg(unix)]
#[test]
fn the_commands_of_the_guide_run() {
    blocks::run("docs/guide.md", 30);
}
