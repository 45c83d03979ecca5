//! Batch: work on all cores, results in the order of the input, bounded memory.

use std::sync::mpsc::sync_channel;
use std::thread;

use rayon::prelude::*;

/// How much is taken at a time.
#[derive(Clone, Copy, Debug)]
pub struct Batch {
    /// Most inputs.
    pub items: usize,
    /// Bytes after which no further input is taken.
    pub bytes: usize,
}

impl Default for Batch {
    fn default() -> Self {
        Self { items: 64, bytes: 16 << 20 }
    }
}

/// Runs `work` over `inputs` on all cores and hands the results to `sink` in
/// the order of the inputs. While one batch is in the sink the next one is
/// worked on; at most three batches are alive. `sink` returns false to stop.
pub fn ordered<I, T>(
    mut inputs: impl Iterator<Item = I> + Send,
    size: Batch,
    weight: impl Fn(&I) -> usize + Send,
    work: impl Fn(I) -> T + Sync + Send,
    mut sink: impl FnMut(Vec<T>) -> bool,
) where
    I: Send,
    T: Send,
{
    thread::scope(|scope| {
        let (send, receive) = sync_channel::<Vec<T>>(0);
        scope.spawn(move || {
            loop {
                let batch = take(&mut inputs, size, &weight);
                if batch.is_empty() {
                    return;
                }
                let done = batch.into_par_iter().with_max_len(1).map(&work).collect();
                if send.send(done).is_err() {
                    return;
                }
            }
        });
        while let Ok(done) = receive.recv() {
            if !sink(done) {
                return; // dropping the receiver stops the worker
            }
        }
    });
}

/// The next batch of inputs; empty at the end.
pub(super) fn take<I>(inputs: &mut impl Iterator<Item = I>, size: Batch, weight: impl Fn(&I) -> usize) -> Vec<I> {
    let mut batch = Vec::new();
    let mut bytes = 0;
    while batch.len() < size.items && bytes < size.bytes {
        let Some(input) = inputs.next() else { break };
        bytes = bytes.saturating_add(weight(&input));
        batch.push(input);
    }
    batch
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keeps_the_order_and_stops() {
        let mut got = Vec::new();
        let size = Batch { items: 7, bytes: usize::MAX };
        ordered(
            0..1000u32,
            size,
            |_| 0,
            |i| i * 2,
            |part| {
                got.extend(part);
                got.len() < 500
            },
        );
        assert!(got.len() >= 500 && got.len() < 520);
        assert!(got.iter().zip(0u32..).all(|(g, i)| *g == i * 2));
    }
}
