//! Where to run a model so that Sobol' indices can be estimated.

/// Saltelli's radial design: two independent sets of rows, A and B, and for each factor the rows of A with
/// that one column from B. Saltelli, Annoni, Azzini, Campolongo, Ratto & Tarantola (2010), *Computer Physics
/// Communications* 181, 259–270.
///
/// The points come row after row, in each row A, then A with one column of B for every factor in turn, then
/// B: the order of SALib. A model with chance in it has one more input, its luck: A and B have runs of their
/// own, and a point that differs from A in one factor shares A's run. So the indices of the factors are not
/// blurred by luck, and with [`with_chance`](Self::with_chance) luck is the last factor itself.
#[derive(Clone, Debug)]
pub struct Design {
    rows: usize,
    factors: usize,
    chance: bool,
    a: Vec<f64>,
    b: Vec<f64>,
}

/// One run to make.
#[derive(Clone, Debug, PartialEq)]
pub struct Point {
    /// The value of each factor on the scale from 0 to 1, 1 excluded, to be stretched to its range.
    pub values: Vec<f64>,
    /// Which run's random numbers to use: points with the same number share their luck.
    pub luck: u64,
}

impl Design {
    /// The most factors that the scrambled sequence has columns for, one for A and one for B each.
    pub const MOST_FACTORS: usize = sobol_burley::NUM_DIMENSIONS as usize / 2;
    /// The most rows that it has.
    pub const MOST_ROWS: usize = 1 << 16;

    /// Rows from an Owen-scrambled Sobol' sequence, which fills the space more evenly than chance does:
    /// Burley (2020), *Journal of Computer Graphics Techniques* 9(4), 1–20. Take a power of two rows for its
    /// full evenness. The same seed gives the same rows on every platform. Panics beyond
    /// [`MOST_ROWS`](Self::MOST_ROWS) and [`MOST_FACTORS`](Self::MOST_FACTORS).
    pub fn scrambled(rows: usize, factors: usize, seed: u32) -> Self {
        assert!(rows <= Self::MOST_ROWS, "{rows} rows, where the sequence has {}", Self::MOST_ROWS);
        assert!(
            factors <= Self::MOST_FACTORS,
            "{factors} factors, where the sequence has {}",
            Self::MOST_FACTORS
        );
        Self::from_source(rows, factors, |row, column| {
            f64::from(sobol_burley::sample(row as u32, column as u32, seed))
        })
    }

    /// Rows from any source of numbers from 0 to 1: it is asked for each row and column, row by row; the
    /// columns from `factors` on are B's.
    pub fn from_source(rows: usize, factors: usize, mut source: impl FnMut(usize, usize) -> f64) -> Self {
        let mut design = Self { rows, factors, chance: false, a: Vec::new(), b: Vec::new() };
        for row in 0..rows {
            design.a.extend((0..factors).map(|column| source(row, column)));
            design.b.extend((0..factors).map(|column| source(row, factors + column)));
        }
        design
    }

    /// The same design with the model's luck as one more factor, the last.
    pub fn with_chance(self) -> Self {
        Self { chance: true, ..self }
    }

    /// How many factors have indices, luck included where it is one.
    pub fn indices(&self) -> usize {
        self.factors + usize::from(self.chance)
    }

    /// How many points there are to run: rows × (indices + 2).
    pub fn runs(&self) -> usize {
        self.rows * (self.indices() + 2)
    }

    /// The point of this number, below [`runs`](Self::runs).
    pub fn point(&self, number: usize) -> Point {
        let blocks = self.indices() + 2;
        let (row, block) = (number / blocks, number % blocks);
        let from = row * self.factors;
        let second = block == blocks - 1;
        let mut values = (if second { &self.b } else { &self.a })[from..from + self.factors].to_vec();
        if !second && (1..=self.factors).contains(&block) {
            values[block - 1] = self.b[from + block - 1];
        }
        let own = second || block > self.factors;
        Point { values, luck: 2 * row as u64 + u64::from(own) }
    }

    /// All points in order.
    pub fn points(&self) -> impl Iterator<Item = Point> + '_ {
        (0..self.runs()).map(|number| self.point(number))
    }
}
