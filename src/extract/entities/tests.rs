//! Own sentences: what must be found, and near-misses that must not be.
