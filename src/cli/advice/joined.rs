//! An error with its advice.

/// What is wrong, and what to do about it.
pub fn joined(error: &impl std::fmt::Display, advice: Option<&str>) -> String {
    match advice {
        Some(advice) => format!("{error}; {advice}"),
        None => error.to_string(),
    }
}
