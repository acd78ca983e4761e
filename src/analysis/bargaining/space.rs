//! Packages indexed by one number (mixed radix), and utilities on a grid on which equal sums are equal.

/// Significant digits to which utilities are compared.
pub const DIGITS: i32 = 12;

/// All packages: one value for each issue. The last issue changes fastest.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Space {
    sizes: Vec<usize>,
    packages: usize,
}

impl Space {
    /// The packages of issues with so many values each.
    pub fn new(sizes: &[usize]) -> Self {
        Self { sizes: sizes.to_vec(), packages: sizes.iter().product() }
    }

    /// How many packages there are.
    pub fn packages(&self) -> usize {
        self.packages
    }

    /// How many values every issue has.
    pub fn sizes(&self) -> &[usize] {
        &self.sizes
    }

    /// The values of a package.
    pub fn package(&self, mut index: usize) -> Vec<usize> {
        let mut values = vec![0; self.sizes.len()];
        for (value, size) in values.iter_mut().zip(&self.sizes).rev() {
            *value = index % size;
            index /= size;
        }
        values
    }

    /// The index of a package.
    pub fn index(&self, package: &[usize]) -> usize {
        package.iter().zip(&self.sizes).fold(0, |index, (value, size)| index * size + value)
    }
}

/// A party's utilities as whole numbers of a unit: 10⁻¹² where none is above 1, larger by powers of ten otherwise.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Grid {
    per_unit: f64,
}

impl Grid {
    /// The grid for utilities none of which is larger than this in size.
    pub fn for_size(size: f64) -> Self {
        let mut per_unit = 1e12;
        let mut bound = 1.0;
        // Powers of ten up to 10²² are exact.
        while bound < size && per_unit > 1e-290 {
            bound *= 10.0;
            per_unit /= 10.0;
        }
        Self { per_unit }
    }

    /// The whole number nearest to a utility.
    pub fn level(self, utility: f64) -> i64 {
        // The conversion saturates: infinite alternatives stay above or below everything.
        (utility * self.per_unit).round_ties_even() as i64
    }

    /// The utility of a whole number: the decimal number that it stands for.
    pub fn value(self, level: i64) -> f64 {
        level as f64 / self.per_unit
    }

    /// A utility moved to the grid; infinite ones stay.
    pub fn snap(self, utility: f64) -> f64 {
        if utility.is_finite() { self.value(self.level(utility)) } else { utility }
    }

    /// The width of a step.
    pub fn step(self) -> f64 {
        1.0 / self.per_unit
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn packages_are_counted_like_an_odometer() {
        let space = Space::new(&[2, 3, 2]);
        assert_eq!(space.packages(), 12);
        assert_eq!(space.package(5), [0, 2, 1]);
        assert!((0..12).all(|k| space.index(&space.package(k)) == k));
    }

    #[test]
    fn sums_that_are_equal_on_paper_are_equal_on_the_grid() {
        let grid = Grid::for_size(1.0);
        assert_ne!(0.1 + 0.2, 0.3);
        assert_eq!(grid.level(0.1 + 0.2), grid.level(0.3));
        assert!(grid.level(0.3) < grid.level(0.3 + 1e-11));
        assert_eq!(Grid::for_size(500.0).level(499.5), 499_500_000_000_000 / 1000);
        assert_eq!(grid.level(f64::INFINITY), i64::MAX);
        assert_eq!((grid.snap(0.1 + 0.2), grid.snap(-5e-19).to_bits()), (0.3, 0));
    }
}
