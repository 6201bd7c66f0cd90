//! The demonstration, told a second time and in Chinese; and every label of it, inspected.

use crate::common::command::{code, sample, text, wayseal};
use crate::common::demonstration::{self, DAY};
use std::fs;

#[test]
fn the_demonstration_tells_twice_what_the_readmes_show_and_shows_nobodys_data() {
    let place = tempfile::tempdir().unwrap();
    let run = |arguments: &[&str]| {
        let out = wayseal(place.path(), arguments).output().unwrap();
        assert_eq!(code(&out), 0, "{}", text(&out.stderr));
        text(&out.stdout)
    };
    demonstration::is_shown_by("README.md", demonstration::of_a_day(place.path()));
    let again = run(&["demo", "--day", DAY, "--lang", "zh"]);
    demonstration::is_shown_by("docs/README.zh.md", &again);

    // What `inspect` says of every label holds nothing of any order.
    let inspected = run(&["inspect", "--json", "--day", DAY, "wayseal-demo/labels"]);
    assert!(inspected.lines().count() >= 100, "{inspected}");
    let orders = fs::read_to_string(sample("orders.csv")).unwrap();
    let mut reader = csv::Reader::from_reader(orders.as_bytes());
    let mut checked = 0;
    for row in reader.records() {
        let row = row.unwrap();
        // Name, phone, detail, note, sender's name, phone and detail.
        for column in [2, 3, 10, 11, 12, 13, 19] {
            let secret = row.get(column).unwrap();
            if secret.chars().count() > 1 {
                assert!(!inspected.contains(secret), "{secret} shows in inspect");
                checked += 1;
            }
        }
    }
    assert!(checked > 400, "{checked}");
}
