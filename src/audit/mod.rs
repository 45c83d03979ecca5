//! Is it true? What issuers reported, brought into a form that figures can be
//! compared with.

pub mod fundamentals;
