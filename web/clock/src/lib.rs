//! The clock of a page, under the names that solvers know: what the page says the time is, in place of generated bindings.
//! Elsewhere it is the clock of the standard library.

pub use std::time::Duration;

#[cfg(not(target_family = "wasm"))]
pub use std::time::Instant;

#[cfg(target_family = "wasm")]
pub use page::Instant;

#[cfg(target_family = "wasm")]
mod page {
    use std::ops::{Add, AddAssign, Sub, SubAssign};
    use std::time::Duration;

    #[link(wasm_import_module = "page")]
    unsafe extern "C" {
        /// Milliseconds since some moment; never fewer than before.
        safe fn now() -> f64;
    }

    /// A moment.
    #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
    pub struct Instant(Duration);

    impl Instant {
        /// This moment.
        pub fn now() -> Self {
            Self(Duration::try_from_secs_f64(now() / 1_000.0).unwrap_or_default())
        }

        /// The time between two moments; none if the other is later.
        pub fn duration_since(&self, earlier: Self) -> Duration {
            self.0.saturating_sub(earlier.0)
        }

        /// The same.
        pub fn saturating_duration_since(&self, earlier: Self) -> Duration {
            self.duration_since(earlier)
        }

        /// The time between two moments, if the other is not later.
        pub fn checked_duration_since(&self, earlier: Self) -> Option<Duration> {
            self.0.checked_sub(earlier.0)
        }

        /// The time since then.
        pub fn elapsed(&self) -> Duration {
            Self::now().duration_since(*self)
        }

        /// A later moment, if the clock has it.
        pub fn checked_add(&self, by: Duration) -> Option<Self> {
            self.0.checked_add(by).map(Self)
        }

        /// An earlier moment, if the clock has it.
        pub fn checked_sub(&self, by: Duration) -> Option<Self> {
            self.0.checked_sub(by).map(Self)
        }
    }

    impl Add<Duration> for Instant {
        type Output = Self;
        fn add(self, by: Duration) -> Self {
            Self(self.0.saturating_add(by))
        }
    }

    impl Sub<Duration> for Instant {
        type Output = Self;
        fn sub(self, by: Duration) -> Self {
            Self(self.0.saturating_sub(by))
        }
    }

    impl Sub for Instant {
        type Output = Duration;
        fn sub(self, other: Self) -> Duration {
            self.duration_since(other)
        }
    }

    impl AddAssign<Duration> for Instant {
        fn add_assign(&mut self, by: Duration) {
            *self = *self + by;
        }
    }

    impl SubAssign<Duration> for Instant {
        fn sub_assign(&mut self, by: Duration) {
            *self = *self - by;
        }
    }
}
