//! The `offprint` command.

use std::process::ExitCode;

fn main() -> ExitCode {
    ExitCode::from(offprint::cli::run(std::env::args_os()).code())
}
