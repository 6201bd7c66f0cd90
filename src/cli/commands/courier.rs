//! `wayseal courier`: a handheld's screen, and what is done at the depot.

mod app;
#[cfg(test)]
mod day;
mod day_list;
mod depot;
mod dispatch;
mod lines;
mod screen;
#[cfg(test)]
mod shift;
mod typed;
