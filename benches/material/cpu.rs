//! The CPU time of the running process.

/// Seconds of CPU this process has used, user and system; 0 where there is no `/proc`.
pub fn cpu() -> f64 {
    /// Clock ticks a second, the same on every Linux.
    const TICKS: f64 = 100.0;
    let stat = std::fs::read_to_string("/proc/self/stat").unwrap_or_default();
    let after = stat.rsplit(')').next().unwrap_or("");
    // Behind the name: state is field 3 of the manual, utime 14, stime 15.
    after.split_whitespace().skip(11).take(2).filter_map(|n| n.parse::<f64>().ok()).sum::<f64>() / TICKS
}
