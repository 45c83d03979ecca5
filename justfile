# Recipes for daily work; each is a plain command that can be typed as well.

# What there is
default:
    @just --list

# The whole path on the bundled sample
demo *ARGS:
    cargo run --release -- demo {{ARGS}}

# All tests
test *ARGS:
    cargo test {{ARGS}}

# Formatting and lints, as .ci/run demands them
lint:
    cargo fmt --check
    cargo clippy --locked --all-targets -- -D warnings

# Format the code
fmt:
    cargo fmt

# Speed
bench *ARGS:
    cargo bench {{ARGS}}

# Quality against annotated cases, where they stand beside the project
yardstick *ARGS:
    cargo build --release
    python3 ../shared/yardstick/yardstick.py {{ARGS}}

# Licences, advisories, banned crates (needs cargo-deny)
deny:
    cargo deny check

# Everything that must hold before a change is merged
ci:
    .ci/run

# JSON Schemas of the records
schema *RECORD:
    @cargo run --release --quiet -- schema {{RECORD}}
