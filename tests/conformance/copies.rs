//! Copies: the same text at several outlets.
