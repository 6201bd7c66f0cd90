//! Puts what readers find in order by a number.
//!
//! In go items and their numbers; out come the items. There is one sort for all types, since a sort of its own for each is kilobytes of
//! a phone's library.

/// The items, those with the largest number first (IEEE 754, 5.10); those with the same number stay in their order.
pub(super) fn largest_first<T>(items: Vec<T>, number: impl Fn(&T) -> f32) -> Vec<T> {
    let mut keys: Vec<u64> =
        items.iter().zip(0u64..).map(|(item, place)| u64::from(!rank(number(item))) << 32 | place).collect();
    keys.sort_unstable();
    let mut items: Vec<Option<T>> = items.into_iter().map(Some).collect();
    keys.into_iter().filter_map(|key| items[key as u32 as usize].take()).collect()
}

/// The numbers, the smallest first.
pub(super) fn ascending(numbers: &[f32]) -> Vec<f32> {
    let mut keys: Vec<u64> = numbers.iter().map(|number| rank(*number).into()).collect();
    keys.sort_unstable();
    keys.into_iter().map(|key| number_of(key as u32)).collect()
}

/// A number that is larger exactly if the other is.
const fn rank(number: f32) -> u32 {
    let bits = number.to_bits();
    bits ^ if bits >> 31 == 1 { u32::MAX } else { 1 << 31 }
}

const fn number_of(rank: u32) -> f32 {
    f32::from_bits(rank ^ if rank >> 31 == 1 { 1 << 31 } else { u32::MAX })
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// Numbers of which many are alike, and all bits there are.
    fn number() -> impl Strategy<Value = f32> {
        prop_oneof![(-3i8..3).prop_map(f32::from), any::<u32>().prop_map(f32::from_bits), Just(-0.0)]
    }

    proptest! {
        #[test]
        fn the_order_is_that_of_a_stable_sort(numbers in prop::collection::vec(number(), 0..200)) {
            let items: Vec<(f32, usize)> = numbers.iter().copied().zip(0..).collect();
            let mut sorted = items.clone();
            sorted.sort_by(|a, b| b.0.total_cmp(&a.0));
            let places = |items: Vec<(f32, usize)>| items.into_iter().map(|item| item.1).collect::<Vec<_>>();
            prop_assert_eq!(places(largest_first(items, |item| item.0)), places(sorted));

            let mut sorted = numbers.clone();
            sorted.sort_by(f32::total_cmp);
            let bits = |numbers: Vec<f32>| numbers.into_iter().map(f32::to_bits).collect::<Vec<_>>();
            prop_assert_eq!(bits(ascending(&numbers)), bits(sorted));
        }
    }
}
