//! Mass with the odds as a scenario writes them. The kernel's weights are odds rounded to units of 2⁻³²; where these are a decimal or a
//! simple fraction, that is what was written, and where they are not (an exponential, a product of many), the odds lie near them.

use num_rational::BigRational;
use num_traits::{One, ToPrimitive, Zero};

use crate::domain::{ONE, Weight};

use super::mass::{Fixed, Mass};

/// Digits after the point of odds that are taken for decimals.
const DIGITS: u32 = 6;
/// The largest denominator of odds that are taken for fractions.
const DENOMINATOR: u64 = 1000;
/// Weights that are sums of a few rounded ones are off by no more than this.
const NEAR: u64 = 4;
/// And others by no more than this.
const FAR: u64 = 32;

/// Mass between two fractions, which are one where every choice on the way had odds that are known exactly.
#[derive(Clone, Debug, PartialEq)]
pub struct AsWritten {
    /// No less than this.
    pub low: BigRational,
    /// No more than this.
    pub high: BigRational,
}

/// The decimal that a number is written as.
///
/// # Panics
/// When the number is not finite.
pub fn decimal(number: f64) -> BigRational {
    // The shortest decimal that is read as this number, without an exponent.
    let text = number.to_string();
    let (whole, part) = text.split_once('.').unwrap_or((&text, ""));
    let digits = format!("{whole}{part}").parse().unwrap_or_else(|_| panic!("{number} is no decimal"));
    BigRational::new(digits, num_bigint::BigInt::from(10u8).pow(part.len() as u32))
}

/// A weight as the odds that were written, where these can be told.
fn written(weight: Weight) -> Option<(u64, u64)> {
    let near = |&(n, d): &(u64, u64)| {
        let (is, asked) = (u128::from(weight) * u128::from(d), u128::from(n) << 32);
        // What is possible is not taken for impossible, nor what is uncertain for certain.
        let as_certain = (n == 0) == (weight == 0) && (n == d) == (weight == ONE);
        as_certain && is.abs_diff(asked) <= u128::from(NEAR * d)
    };
    let decimals = (0..=DIGITS).map(|digits| {
        let d = 10u64.pow(digits);
        (((u128::from(weight) * u128::from(d) + u128::from(ONE / 2)) >> 32) as u64, d)
    });
    decimals.chain(convergents(weight)).find(near)
}

/// The convergents of a weight's continued fraction, up to the largest denominator.
fn convergents(weight: Weight) -> impl Iterator<Item = (u64, u64)> {
    let (mut rest, mut last, mut now) = ((weight, ONE), (0, 1), (1, 0));
    let next = move || {
        let (n, d) = rest;
        let whole = n.checked_div(d)?;
        rest = (d, n % d);
        (last, now) = (now, (whole * now.0 + last.0, whole * now.1 + last.1));
        (now.1 <= DENOMINATOR).then_some(now)
    };
    std::iter::from_fn(next)
}

fn ratio(n: u64, d: u64) -> BigRational {
    BigRational::new(n.into(), d.into())
}

/// Bounds of the odds that a weight stands for.
fn bounds(weight: Weight) -> (BigRational, BigRational) {
    match written(weight) {
        Some((n, d)) => (ratio(n, d), ratio(n, d)),
        None => (ratio(weight.saturating_sub(FAR), ONE), ratio((weight + FAR).min(ONE), ONE)),
    }
}

fn number(of: &BigRational) -> f64 {
    of.to_f64().unwrap_or(0.0)
}

impl Mass for AsWritten {
    const SIZES: usize = Fixed::SIZES;

    fn zero() -> Self {
        Self { low: BigRational::zero(), high: BigRational::zero() }
    }

    fn one() -> Self {
        Self { low: BigRational::one(), high: BigRational::one() }
    }

    fn is_zero(&self) -> bool {
        self.high.is_zero()
    }

    fn part(&self, weight: Weight) -> Self {
        let (low, high) = bounds(weight);
        Self { low: &self.low * low, high: &self.high * high }
    }

    fn add(&mut self, other: &Self) {
        self.low += &other.low;
        self.high += &other.high;
    }

    fn missing(&self) -> Self {
        let rest = |of: &BigRational| (BigRational::one() - of).max(BigRational::zero());
        Self { low: rest(&self.high), high: rest(&self.low) }
    }

    fn value(&self) -> f64 {
        number(&self.low)
    }

    fn bounds(&self) -> (f64, f64) {
        let exact = |f: f64, of: &BigRational| BigRational::from_float(f).as_ref() == Some(of);
        let (low, high) = (number(&self.low), number(&self.high));
        (
            if exact(low, &self.low) { low } else { low.next_down() },
            if exact(high, &self.high) { high } else { high.next_up() },
        )
    }

    fn size(&self) -> u32 {
        // In eighths of powers of two, of which the exponent is enough.
        let exponent = (self.value().to_bits() >> 52) as i64 - 1023;
        (exponent + 97).clamp(0, 128) as u32 * 8
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::weight;
    use proptest::prelude::*;

    #[test]
    fn decimals_and_simple_fractions_are_told_from_their_weights() {
        for (odds, told) in
            [(0.1, (1, 10)), (0.25, (25, 100)), (0.999_999, (999_999, 1_000_000)), (1.0, (1, 1))]
        {
            assert_eq!(written(weight(odds)), Some(told), "{odds}");
        }
        assert_eq!(written(weight(1.0 / 3.0)), Some((1, 3)));
        assert_eq!(written(weight(5.0 / 7.0)), Some((5, 7)));
        // A sum of rounded odds is the sum.
        assert_eq!(written(weight(0.05) + 3 * weight(0.1)), Some((35, 100)));
        assert_eq!(written(weight(0.06 * libm::exp(-0.6))), None);
        // Next to nothing is not nothing.
        assert_eq!((written(0), written(1), written(ONE - 1)), (Some((0, 1)), None, None));
    }

    #[test]
    fn decimals_are_read_as_they_are_written() {
        assert_eq!(decimal(0.1), ratio(1, 10));
        assert_eq!(decimal(1.0), ratio(1, 1));
        assert_eq!(decimal(0.000_001_5), ratio(15, 10_000_000));
    }

    proptest! {
        /// Whatever a weight stands for, it lies between the bounds, and the alternatives of a choice add up to the whole.
        #[test]
        fn bounds_contain_the_weight(weight in 0..=ONE) {
            let mut sum = AsWritten::one().part(weight);
            prop_assert!((number(&sum.low) - number(&sum.high)).abs() <= 65.0 / ONE as f64);
            prop_assert!((number(&sum.low) - weight as f64 / ONE as f64).abs() <= 33.0 / ONE as f64);
            sum.add(&AsWritten::one().part(ONE - weight));
            prop_assert!(sum.low <= BigRational::one() && sum.high >= BigRational::one());
        }
    }
}
