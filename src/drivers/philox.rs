//! Philox4x32-10, the counter-based generator of Salmon, Moraes, Dror & Shaw (2011).

use core::convert::Infallible;

/// The name of the generator and of the way draws are addressed, written into every result.
pub const GENERATOR: &str = "philox4x32-10/v1";

const MULTIPLIER: [u32; 2] = [0xD251_1F53, 0xCD9E_8D57];
const WEYL: [u32; 2] = [0x9E37_79B9, 0xBB67_AE85];

/// One block: 128 random bits that are a pure function of counter and key.
#[inline]
pub fn block(counter: [u32; 4], key: [u32; 2]) -> [u32; 4] {
    let (mut c, mut k) = (counter, key);
    for _ in 0..10 {
        let a = u64::from(MULTIPLIER[0]) * u64::from(c[0]);
        let b = u64::from(MULTIPLIER[1]) * u64::from(c[2]);
        c = [(b >> 32) as u32 ^ c[1] ^ k[0], b as u32, (a >> 32) as u32 ^ c[3] ^ k[1], a as u32];
        k = [k[0].wrapping_add(WEYL[0]), k[1].wrapping_add(WEYL[1])];
    }
    c
}

/// The blocks of successive counters as a stream for `rand`'s traits.
#[derive(Clone, Debug)]
pub struct Stream {
    key: [u32; 2],
    counter: u128,
    words: [u32; 4],
    used: usize,
}

impl Stream {
    /// The stream of a seed, from the block `start` on.
    pub fn new(seed: u64, start: u128) -> Self {
        Self { key: split(seed), counter: start, words: [0; 4], used: 4 }
    }

    fn word(&mut self) -> u32 {
        if self.used == 4 {
            let c = self.counter;
            self.words = block([c as u32, (c >> 32) as u32, (c >> 64) as u32, (c >> 96) as u32], self.key);
            self.counter = c.wrapping_add(1);
            self.used = 0;
        }
        self.used += 1;
        self.words[self.used - 1]
    }
}

impl rand::TryRng for Stream {
    type Error = Infallible;

    fn try_next_u32(&mut self) -> Result<u32, Infallible> {
        Ok(self.word())
    }

    fn try_next_u64(&mut self) -> Result<u64, Infallible> {
        Ok(u64::from(self.word()) | u64::from(self.word()) << 32)
    }

    fn try_fill_bytes(&mut self, bytes: &mut [u8]) -> Result<(), Infallible> {
        for chunk in bytes.chunks_mut(4) {
            chunk.copy_from_slice(&self.word().to_le_bytes()[..chunk.len()]);
        }
        Ok(())
    }
}

/// The two key words of a seed.
pub(super) const fn split(seed: u64) -> [u32; 2] {
    [seed as u32, (seed >> 32) as u32]
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The published known answers of Random123 for philox4x32-10.
    #[test]
    fn known_answers() {
        assert_eq!(block([0; 4], [0; 2]), [0x6627_e8d5, 0xe169_c58d, 0xbc57_ac4c, 0x9b00_dbd8]);
        assert_eq!(block([u32::MAX; 4], [u32::MAX; 2]), [0x408f_276d, 0x41c8_3b0e, 0xa20b_c7c6, 0x6d54_51fd]);
        let pi = [0x243f_6a88, 0x85a3_08d3, 0x1319_8a2e, 0x0370_7344];
        assert_eq!(
            block(pi, [0xa409_3822, 0x299f_31d0]),
            [0xd16c_fe09, 0x94fd_cceb, 0x5001_e420, 0x2412_6ea1]
        );
    }

    #[test]
    fn streams_follow_the_blocks() {
        use rand::Rng;
        let mut stream = Stream::new(7, 3);
        let words: Vec<_> = (0..8).map(|_| stream.next_u32()).collect();
        assert_eq!(words[..4], block([3, 0, 0, 0], [7, 0]));
        assert_eq!(words[4..], block([4, 0, 0, 0], [7, 0]));
    }
}
