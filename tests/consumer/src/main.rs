//! Opens one label on a device: `consumer STATE ENROLMENT GRANT LABEL`, where LABEL is the text of its code.

use std::time::{SystemTime, UNIX_EPOCH};
use std::{env, error::Error, fs, path::Path};
use wayseal::device::log::enrolment::Enrolment;
use wayseal::device::session::{Attempt, ScanOutcome, Session};

fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = env::args().skip(1).collect();
    let [state, enrolment, grant, label] = &arguments[..] else { return Err("four arguments".into()) };
    let (state, now) = (Path::new(state), SystemTime::now().duration_since(UNIX_EPOCH)?.as_secs());
    let enrolment = Enrolment::parse(&fs::read_to_string(enrolment)?).ok_or("not an enrolment")?;
    Session::enrol(state, &enrolment)?;
    let mut session = Session::open(state, now)?;
    session.take_grant(&fs::read(grant)?, now)?;
    match session.scan(&Attempt::new(label).with_now(now))? {
        ScanOutcome::Opened { record, .. } => {
            println!("{}", record.delivery.as_ref().ok_or("no delivery section")?.name);
            Ok(())
        }
        outcome => Err(outcome.name().into()),
    }
}
