//! Shapes of `[dynamics]`, made from the declaration of the numbers.

use super::*;
use crate::domain::dynamics::{Number, Numbers, Range};
use crate::domain::{
    Backing, Compliance, Dynamics, Fighting, Mediation, Returning, Spoiling, Stalling, WalkOut,
};

/// Whether a need must be met or exceeded.
pub(in crate::scenario) const THRESHOLDS: &[&str] = &["at-least", "above"];

/// Shapes of tables of numbers; in each, the shapes of the tables within it stand in its own order.
macro_rules! shapes {
    ($($name:ident: $numbers:ident [$($within:ident),*];)+) => {
        $(
            #[doc = concat!("Numbers of `", stringify!($numbers), "`.")]
            pub(in crate::scenario) static $name: TableShape = TableShape {
                what: $numbers::NUMBERS.what,
                header: $numbers::NUMBERS.header,
                doc: $numbers::NUMBERS.sentence,
                keys: &keys::<{ $numbers::NUMBERS.rows.len() }>($numbers::NUMBERS, &[$(&$within),*]),
                others: None,
            };
        )+
    };
}

shapes! {
    DYNAMICS: Dynamics [WALK_OUT, RETURN, MEDIATION, STALLING, COMPLIANCE, FIGHTING, SPOILING, BACKING];
    WALK_OUT: WalkOut [];
    RETURN: Returning [];
    MEDIATION: Mediation [];
    STALLING: Stalling [];
    COMPLIANCE: Compliance [];
    FIGHTING: Fighting [];
    SPOILING: Spoiling [];
    BACKING: Backing [];
}

const fn keys<const N: usize>(numbers: &Numbers, within: &[&'static TableShape]) -> [KeyShape; N] {
    let mut keys = [required("", Kind::Any, ""); N];
    let (mut k, mut tables) = (0, 0);
    while k < N {
        let number: &Number = &numbers.rows[k];
        let kind = match number.range {
            Range::Odds | Range::Share => ODDS,
            Range::FiveOdds | Range::FiveShares => FIVE_ODDS,
            Range::Points => POINTS,
            Range::LogHazard => Kind::Number(0.0, 10.0),
            Range::Breaches => Kind::Int(1, 9),
            Range::Mandates => Kind::Table(&MANDATE),
            Range::Threshold => Kind::Word(THRESHOLDS),
            Range::Flag => Kind::Bool,
            Range::Table(_) => {
                tables += 1;
                Kind::Table(within[tables - 1])
            }
        };
        keys[k] = default(number.key, kind, number.default, number.sentence);
        k += 1;
    }
    keys
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_table_has_the_shape_of_its_own_numbers() {
        let nested = |shape: &'static TableShape, numbers: &'static Numbers| {
            assert_eq!(shape.keys.len(), numbers.rows.len());
            for (key, row) in shape.keys.iter().zip(numbers.rows) {
                if let (Kind::Table(inner), Range::Table(own)) = (key.kind, row.range) {
                    assert_eq!(inner.header, own.header);
                }
            }
        };
        nested(&DYNAMICS, Dynamics::NUMBERS);
        let tables = DYNAMICS.keys.iter().filter(|k| matches!(k.kind, Kind::Table(_))).count();
        assert_eq!(tables, 9, "eight tables of numbers, and the mandates");
    }
}
