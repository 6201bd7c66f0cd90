//! What a wrong clock refuses from the inbox: it waits there, is told once, and is taken when the clock is right.

use crate::common::station::{DAY, NOW, Place, at, told};
use std::fs;
use wayseal::device::session::{Session, SessionError};
use wayseal::device::state::Refused;
use wayseal::keys::Day;
use wayseal::signed::grant::Purpose;
use wayseal::signed::moment::Moment;
use wayseal::signed::revocation::RevocationList;

const A_DAY: u64 = 86_400;

fn inbox(place: &Place) -> Vec<String> {
    let names = fs::read_dir(place.state().join("inbox")).unwrap();
    names.map(|entry| entry.unwrap().file_name().to_string_lossy().into_owned()).collect()
}

fn put(place: &Place, name: &str, bytes: &[u8]) {
    fs::write(place.state().join("inbox").join(name), bytes).unwrap();
}

/// A list of revocations that is valid for two weeks.
fn list(place: &Place) -> Vec<u8> {
    RevocationList::none().sign_next(Moment(NOW), Day::new(DAY.number() + 14), &place.root).unwrap()
}

#[test]
fn what_comes_while_the_clock_is_wrong_waits_and_is_taken_when_the_clock_is_right() {
    // Three days behind, as after a drained battery; a year ahead, as after a slip.
    for wrong in [NOW - 3 * A_DAY, NOW + 365 * A_DAY] {
        for restarted in [false, true] {
            let place = Place::new(&[Purpose::Deliver], Some(1));
            let mut session = place.open();
            let label = place.label(1, 12, "王芳");
            put(&place, "b.grant", &place.grant(DAY, NOW, &[Purpose::Deliver], Some(5)));
            put(&place, "c.list", &list(&place));
            session.refresh(wrong).unwrap();
            let notices = session.notices();
            assert_eq!(notices.len(), 2, "{notices:?}");
            for (name, error) in &notices {
                assert!(matches!(error, SessionError::Waits(_)), "{name}: {error}");
                assert!(error.to_string().ends_with("once the clock is right"), "{error}");
            }
            // Told once, however often it is looked at; nothing was refused, and nothing taken.
            for _ in 0..3 {
                session.refresh(wrong).unwrap();
            }
            assert!(session.notices().is_empty());
            assert_eq!(inbox(&place).len(), 2);
            assert!(!place.state().join("refused").exists());
            assert_eq!(session.terms(NOW).unwrap().budget, Some(1));
            if restarted {
                drop(session);
                session = Session::open(&place.state(), wrong).unwrap();
                assert_eq!(session.notices().len(), 2, "who starts the program anew is told too");
            }
            // The clock is set: both are taken by the next scan.
            assert_eq!(told(&mut session, &at(&label)), "王芳 1");
            assert!(session.notices().is_empty());
            assert_eq!(inbox(&place), Vec::<String>::new());
            assert_eq!(session.terms(NOW).unwrap().budget, Some(5));
        }
    }
}

#[test]
fn what_is_over_by_signed_time_is_refused_whatever_the_clock_says() {
    for clock in [NOW, NOW + 365 * A_DAY] {
        let place = Place::new(&[Purpose::Deliver], None);
        let mut session = place.open();
        let old = Day::new(DAY.number() - 40);
        put(&place, "old.grant", &place.grant(old, NOW - 40 * A_DAY, &[Purpose::Deliver], None));
        session.refresh(clock).unwrap();
        let notices = session.notices();
        assert!(
            matches!(&notices[..], [(_, SessionError::Keys(Refused::Over { .. }))]),
            "{clock}: {notices:?}"
        );
        assert!(inbox(&place).is_empty(), "keys that are over stay in the inbox");
        assert!(fs::read_to_string(place.state().join("refused")).unwrap().contains("old.grant"));
    }
}

#[test]
fn a_grant_that_waits_is_erased_when_the_device_is_locked_and_that_is_said() {
    let place = Place::new(&[Purpose::Deliver], None);
    let mut session = place.open();
    session.load(&at(&place.label(1, 12, "王芳"))).unwrap();
    put(&place, "b.grant", &place.grant(DAY, NOW, &[Purpose::Deliver], Some(5)));
    session.refresh(NOW + 365 * A_DAY).unwrap();
    assert!(matches!(&session.notices()[..], [(_, SessionError::Waits(_))]));
    session.lock(&place.depot.recipient(), NOW).unwrap();
    assert!(matches!(&session.notices()[..], [(_, SessionError::Locked)]));
    assert!(inbox(&place).is_empty(), "keys of stations are on the road");
    assert!(fs::read_to_string(place.state().join("refused")).unwrap().contains("b.grant"));
}
