//! `wayseal courier`: a handheld's screen, and what is done at the depot.

mod app;
mod choosing;
#[cfg(test)]
mod day;
mod day_list;
mod depot;
mod dispatch;
mod hand_over;
mod handing;
mod lines;
#[cfg(test)]
mod round;
mod screen;
#[cfg(test)]
mod shift;
mod shown_record;
mod sign_off;
mod typed;
mod typed_code;
mod typed_numbers;
