//! Keeps the memory of the process off the disk: no core dump, and no swap where the system lets.

/// Forbids core dumps; of a command that `holds` keys, swap too, if the limit of locked memory is none.
///
/// With `WAYSEAL_DUMPABLE=1` other processes of the same user may read this one's memory, as debuggers do.
#[cfg(unix)]
pub fn guard(holds: bool) {
    use rustix::process::{Resource, Rlimit, getrlimit, setrlimit};
    // Where the system refuses, the command works as well as without.
    let _refused = setrlimit(Resource::Core, Rlimit { current: Some(0), maximum: Some(0) });
    #[cfg(target_os = "linux")]
    {
        use rustix::mm::{MlockAllFlags, mlockall};
        use rustix::process::{DumpableBehavior, set_dumpable_behavior};
        if std::env::var_os("WAYSEAL_DUMPABLE").is_none_or(|value| value != "1") {
            // A core dump that is piped to a program knows no limit; this it knows.
            let _refused = set_dumpable_behavior(DumpableBehavior::NotDumpable);
        }
        if holds {
            let none = Rlimit { current: None, maximum: None };
            let _refused = setrlimit(Resource::Memlock, none);
            // Under a limit every allocation beyond it would fail, and end the command.
            if getrlimit(Resource::Memlock).current.is_none() {
                let all = MlockAllFlags::CURRENT | MlockAllFlags::FUTURE | MlockAllFlags::ONFAULT;
                let _refused = mlockall(all);
            }
        }
    }
    #[cfg(not(target_os = "linux"))]
    let _ = holds;
}

/// There is no such call.
#[cfg(not(unix))]
pub fn guard(_: bool) {}
