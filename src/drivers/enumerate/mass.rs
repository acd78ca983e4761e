//! Probability mass in whole numbers, so that adding up in any order gives the same and what is lost is known.

use num_bigint::BigUint;

use crate::domain::{ONE, Weight};

/// Bits of a [`Weight`]: odds are whole numbers in units of 2⁻³².
const WEIGHT_BITS: u32 = 32;
const _: () = assert!(ONE == 1 << WEIGHT_BITS);

/// The mass of a state: how likely it is to be reached.
pub trait Mass: Clone + Send + Sync {
    /// Sizes that [`Mass::size`] can have.
    const SIZES: usize;
    /// No mass.
    fn zero() -> Self;
    /// All of it.
    fn one() -> Self;
    /// Whether there is none.
    fn is_zero(&self) -> bool;
    /// The part that takes an alternative of this weight. Never more than the exact product.
    fn part(&self, weight: Weight) -> Self;
    /// Adds, exactly.
    fn add(&mut self, other: &Self);
    /// The whole less this, exactly; nothing where this is more than the whole.
    fn missing(&self) -> Self;
    /// The nearest floating-point number.
    fn value(&self) -> f64;
    /// The floating-point numbers next to it, between which it lies; the same one twice where it is one.
    fn bounds(&self) -> (f64, f64) {
        (self.value().next_down(), self.value().next_up())
    }
    /// The exact fraction, where the mass is one: numerator and the exponent of two in the denominator, in lowest terms.
    fn fraction(&self) -> Option<(BigUint, u32)> {
        None
    }
    /// How large it is, in eighths of powers of two, from 0: for dropping the lightest states.
    fn size(&self) -> u32;
}

/// Mass in units of 2⁻⁹⁶. Parts are rounded down, so that every figure is a lower bound and the mass that is missing in
/// the end bounds all errors together.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Fixed(u128);

impl Fixed {
    const BITS: u32 = 96;
}

impl Mass for Fixed {
    const SIZES: usize = 1032;

    #[inline(always)]
    fn zero() -> Self {
        Self(0)
    }

    #[inline(always)]
    fn one() -> Self {
        Self(1 << Self::BITS)
    }

    #[inline(always)]
    fn is_zero(&self) -> bool {
        self.0 == 0
    }

    #[inline(always)]
    fn part(&self, weight: Weight) -> Self {
        if weight == ONE {
            return *self;
        }
        // At most 2⁹⁶ · (2³² − 1): it fits.
        Self((self.0 * u128::from(weight)) >> WEIGHT_BITS)
    }

    #[inline(always)]
    fn add(&mut self, other: &Self) {
        self.0 += other.0;
    }

    fn missing(&self) -> Self {
        Self((1u128 << Self::BITS).saturating_sub(self.0))
    }

    fn value(&self) -> f64 {
        self.0 as f64 / (1u128 << Self::BITS) as f64
    }

    fn bounds(&self) -> (f64, f64) {
        // Below 2⁹⁷ the way there and back is exact, and dividing by a power of two always is.
        let near = self.0 as f64;
        let value = self.value();
        match (near as u128).cmp(&self.0) {
            std::cmp::Ordering::Equal => (value, value),
            std::cmp::Ordering::Less => (value, value.next_up()),
            std::cmp::Ordering::Greater => (value.next_down(), value),
        }
    }

    #[inline]
    fn size(&self) -> u32 {
        match self.0 {
            0 => 0,
            n => {
                let bits = 128 - n.leading_zeros();
                // The three bits after the leading one.
                let eighth = if bits > 3 { (n >> (bits - 4)) as u32 & 7 } else { 0 };
                bits * 8 + eighth
            }
        }
    }
}

/// Mass as an exact fraction: a whole number over a power of two.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Fraction {
    numerator: BigUint,
    bits: u32,
}

impl Fraction {
    fn terms(&self) -> (BigUint, u32) {
        let common = self.numerator.trailing_zeros().unwrap_or(0).min(u64::from(self.bits)) as u32;
        (&self.numerator >> common, self.bits - common)
    }
}

impl Mass for Fraction {
    const SIZES: usize = Fixed::SIZES;

    fn zero() -> Self {
        Self::default()
    }

    fn one() -> Self {
        Self { numerator: 1u8.into(), bits: 0 }
    }

    fn is_zero(&self) -> bool {
        self.numerator.bits() == 0
    }

    fn part(&self, weight: Weight) -> Self {
        let (weight, shift) = (weight >> weight.trailing_zeros(), weight.trailing_zeros());
        let product = Self { numerator: &self.numerator * weight, bits: self.bits + WEIGHT_BITS };
        Self { numerator: product.numerator << shift, bits: product.bits }.reduced()
    }

    fn add(&mut self, other: &Self) {
        let bits = self.bits.max(other.bits);
        self.numerator <<= bits - self.bits;
        self.numerator += &other.numerator << (bits - other.bits);
        self.bits = bits;
    }

    fn missing(&self) -> Self {
        let one = BigUint::from(1u8) << self.bits;
        let numerator = if one > self.numerator { one - &self.numerator } else { BigUint::default() };
        Self { numerator, bits: self.bits }.reduced()
    }

    fn value(&self) -> f64 {
        // Sixty-four leading bits are more than a floating-point number holds.
        let excess = self.numerator.bits().saturating_sub(64);
        let head = (&self.numerator >> excess).iter_u64_digits().next().unwrap_or(0);
        libm::ldexp(head as f64, excess as i32 - self.bits as i32)
    }

    fn bounds(&self) -> (f64, f64) {
        let (numerator, _) = self.terms();
        // So many leading bits are all that a floating-point number holds.
        match numerator.bits() - numerator.trailing_zeros().unwrap_or(0) {
            0..=53 => (self.value(), self.value()),
            _ => (self.value().next_down(), self.value().next_up()),
        }
    }

    fn fraction(&self) -> Option<(BigUint, u32)> {
        Some(self.terms())
    }

    fn size(&self) -> u32 {
        (self.numerator.bits() as i64 - i64::from(self.bits) + i64::from(Fixed::BITS)).max(0) as u32 * 8
    }
}

impl Fraction {
    fn reduced(self) -> Self {
        let (numerator, bits) = self.terms();
        Self { numerator, bits }
    }
}

/// The probability of the likeliest way to a state, for searches: it never becomes nothing, so that no state is lost.
#[derive(Clone, Copy, Debug, Default, PartialEq, PartialOrd)]
pub struct Likeliest(f64);

impl Likeliest {
    pub(super) fn of(p: f64) -> Self {
        Self(p)
    }
}

impl Mass for Likeliest {
    const SIZES: usize = 1 << 13;

    fn zero() -> Self {
        Self(0.0)
    }

    fn one() -> Self {
        Self(1.0)
    }

    #[inline(always)]
    fn is_zero(&self) -> bool {
        self.0 == 0.0
    }

    #[inline(always)]
    fn part(&self, weight: Weight) -> Self {
        Self((self.0 * (weight as f64 / ONE as f64)).max(f64::MIN_POSITIVE))
    }

    /// The likelier of two ways.
    #[inline(always)]
    fn add(&mut self, other: &Self) {
        self.0 = self.0.max(other.0);
    }

    fn missing(&self) -> Self {
        Self(1.0 - self.0)
    }

    fn value(&self) -> f64 {
        self.0
    }

    /// Exponent and the first two bits after it.
    fn size(&self) -> u32 {
        (self.0.to_bits() >> 50) as u32
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        /// Fixed mass is a lower bound of the exact one and misses it by less than one unit a multiplication.
        #[test]
        fn fixed_mass_is_just_below_the_exact(weights in prop::collection::vec(1..ONE, 0..12)) {
            let (mut fixed, mut exact) = (Fixed::one(), Fraction::one());
            for weight in &weights {
                fixed = fixed.part(*weight);
                exact = exact.part(*weight);
            }
            let scaled: BigUint = (exact.numerator.clone() << Fixed::BITS) >> exact.bits;
            let below = scaled - BigUint::from(fixed.0);
            prop_assert!(below <= BigUint::from(weights.len()));
            prop_assert!((fixed.value() - exact.value()).abs() <= exact.value() * 1e-12 + 1e-27);
        }

        #[test]
        fn parts_of_a_fraction_add_up_to_it(w in 1..ONE, v in 1..ONE) {
            let whole = Fraction::one().part(v);
            let mut sum = whole.part(w);
            sum.add(&whole.part(ONE - w));
            prop_assert_eq!(sum.terms(), whole.terms());
        }

        #[test]
        fn sizes_grow_with_mass(a in 0..1u128 << 96, b in 0..1u128 << 96) {
            let (small, large) = (a.min(b), a.max(b));
            prop_assert!(Fixed(small).size() <= Fixed(large).size());
            prop_assert!((Fixed(large).size() as usize) < Fixed::SIZES);
        }
    }

    #[test]
    fn what_is_missing() {
        let half = Fraction::one().part(ONE / 2);
        assert_eq!(half.missing().terms(), half.terms());
        assert_eq!(half.terms(), (1u8.into(), 1));
        assert!(Fixed::one().missing().is_zero());
    }
}
