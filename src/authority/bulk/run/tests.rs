//! Runs over many orders: resumed, refused, and with orders that fail.

use super::*;
use crate::authority::bulk::{BulkReach, files_of_run, is_file_name};
use crate::authority::custody::Authority;
use crate::authority::day_keys::{DayCache, Days};
use crate::authority::issue::GrantTerms;
use crate::files::in_memory;
use crate::keys::{Region, Site, Tier};
use crate::signed::grant::Grant;
use crate::signed::moment::Moment;

const TODAY: Day = Day::new(2500);

fn orders(count: u16) -> Vec<GrantOrder> {
    let order = |number: u16| {
        let stations = vec![(Region::new(9).unwrap(), Site::new(number).unwrap())];
        GrantOrder {
            line: usize::from(number) + 2,
            terms: GrantTerms::new(format!("pda-{number}"), 0, 0),
            reach: BulkReach::Scanner(stations, vec![Tier::Delivery, Tier::Contact]),
            days: Days::ending(TODAY, 14),
        }
    };
    (0..count).map(order).collect()
}

#[test]
fn a_run_that_was_stopped_resumes_with_the_same_bytes() {
    let folder = in_memory();
    let authority = Authority::generate(0).unwrap();
    let orders = orders(2100);
    let keys = DayCache::new(&authority, Days::ending(TODAY, 14)).unwrap();
    let now = Moment::start_of(TODAY).0;
    let open = |serial| BulkRun::open(folder.path(), &[1; 32], TODAY, || Ok((serial, now)));
    let mut run = open(77).unwrap();
    run.make(&keys, &authority, &orders[..1500], &[], Limits::Kept, |_| {}).unwrap();
    drop(run);

    // A grant that is done is not written again; a torn last line of the journal is ignored.
    let first = folder.path().join("pda-3.grant");
    let before = fs::metadata(&first).unwrap().modified().unwrap();
    let mut journal = fs::OpenOptions::new().append(true).open(folder.path().join("run")).unwrap();
    journal.write_all(b"done pda-1999").unwrap();
    drop(journal);
    let mut run = open(99).unwrap();
    assert_eq!((run.done(), run.serial), (1500, 77));
    let failed = run.make(&keys, &authority, &orders, &[], Limits::Kept, |_| {}).unwrap();
    assert!(failed.is_empty());
    assert_eq!(fs::metadata(&first).unwrap().modified().unwrap(), before);
    for order in &orders {
        let path = folder.path().join(file_name(&order.terms.to));
        let grant = Grant::load(&path, &authority.public(), None).unwrap();
        assert_eq!((grant.to.as_str(), grant.serial), (order.terms.to.as_str(), 77));
        assert_eq!(grant.nodes.len(), 28);
    }
    let left = files_of_run(folder.path()).unwrap().unwrap();
    assert_eq!(left.over, TODAY);
    assert_eq!(left.files.len(), 2101);

    let other = BulkRun::open(folder.path(), &[2; 32], TODAY, || Ok((1, now)));
    assert!(matches!(other, Err(BulkError::OtherRun(_))));
}

#[test]
fn an_order_that_fails_is_named_by_its_line_and_does_not_stop_the_others() {
    let folder = in_memory();
    let authority = Authority::generate(0).unwrap();
    let keys = DayCache::new(&authority, Days::ending(TODAY, 14)).unwrap();
    let mut orders = orders(5);
    orders[2].terms.device = "age1nobody".into();
    orders[3].days = Days::ending(TODAY, 15);
    let now = Moment::start_of(TODAY).0;
    let mut run = BulkRun::open(folder.path(), &[1; 32], TODAY, || Ok((1, now))).unwrap();
    let failed = run.make(&keys, &authority, &orders, &[], Limits::Kept, |_| {}).unwrap();
    let lines: Vec<_> = failed.iter().map(|(line, _)| *line).collect();
    assert_eq!(lines, [4, 5]);
    assert_eq!(run.done(), 3);
    assert!(!folder.path().join("pda-3.grant").exists());
}

#[test]
fn names_that_lead_out_of_the_folder_are_refused() {
    for name in ["", ".", "..", "a/b", "a\\b", ".run", "a b"] {
        assert!(!is_file_name(name), "{name}");
    }
    assert!(is_file_name("深圳-pda_17@sz.1"));
}
