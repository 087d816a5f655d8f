//! Opens a file of the site at a line in the author's own editor.

use std::env;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// An editor with a window of its own, and how it is told the line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Editor {
    program: String,
    arguments: Vec<String>,
    style: LineStyle,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum LineStyle {
    /// `--goto file:line`.
    Goto,
    /// `file:line`.
    Colon,
    /// `+line file`.
    Plus,
    /// `--line line file`.
    Option,
}

/// Editors that open a window; those of the terminal would fight the preview for it.
const KNOWN: &[(&str, LineStyle)] = &[
    ("code", LineStyle::Goto),
    ("code-insiders", LineStyle::Goto),
    ("codium", LineStyle::Goto),
    ("vscodium", LineStyle::Goto),
    ("cursor", LineStyle::Goto),
    ("windsurf", LineStyle::Goto),
    ("subl", LineStyle::Colon),
    ("zed", LineStyle::Colon),
    ("gvim", LineStyle::Plus),
    ("mvim", LineStyle::Plus),
    ("gedit", LineStyle::Plus),
    ("kate", LineStyle::Option),
    ("mate", LineStyle::Option),
    ("bbedit", LineStyle::Plus),
];

impl Editor {
    /// Finds the editor: `VISUAL`, then `EDITOR`, then a known one that is installed.
    pub(super) fn find() -> Option<Self> {
        let mut named = ["VISUAL", "EDITOR"].into_iter().filter_map(|name| env::var(name).ok());
        named.find_map(|command| Self::of_command(&command)).or_else(|| {
            let mut installed = KNOWN.iter().map(|(name, _)| *name).filter(|name| is_installed(name));
            installed.find_map(Self::of_command)
        })
    }

    fn of_command(command: &str) -> Option<Self> {
        let mut words = command.split_whitespace().map(str::to_owned);
        let program = words.next()?;
        let name = Path::new(&program).file_stem()?.to_str()?.to_ascii_lowercase();
        let (_, style) = KNOWN.iter().find(|(known, _)| *known == name)?;
        // `--wait` holds the caller until the file is closed, which nobody here waits for.
        let arguments = words.filter(|word| !matches!(word.as_str(), "-w" | "--wait")).collect();
        Some(Self { program, arguments, style: *style })
    }

    fn arguments_for(&self, file: &Path, line: usize) -> Vec<String> {
        let file = file.display();
        let place = match self.style {
            LineStyle::Goto => vec!["--goto".to_owned(), format!("{file}:{line}")],
            LineStyle::Colon => vec![format!("{file}:{line}")],
            LineStyle::Plus => vec![format!("+{line}"), file.to_string()],
            LineStyle::Option => vec!["--line".to_owned(), line.to_string(), file.to_string()],
        };
        self.arguments.iter().cloned().chain(place).collect()
    }

    /// Starts the editor on a file, at a line from 1.
    ///
    /// # Errors
    /// When the program cannot be started.
    pub(super) fn open(&self, file: &Path, line: usize) -> std::io::Result<()> {
        start(Command::new(&self.program).args(self.arguments_for(file, line)))
    }
}

fn is_installed(name: &str) -> bool {
    let paths = env::var_os("PATH").unwrap_or_default();
    env::split_paths(&paths).any(|folder| is_program(&folder.join(name)))
}

fn is_program(path: &Path) -> bool {
    let windows: [PathBuf; 2] = [path.with_extension("exe"), path.with_extension("cmd")];
    path.is_file() || (cfg!(windows) && windows.iter().any(|path| path.is_file()))
}

/// Shows an address in the author's browser.
///
/// # Errors
/// When the system has no way to do so.
pub fn browse(address: &str) -> std::io::Result<()> {
    if cfg!(target_os = "macos") {
        start(Command::new("open").arg(address))
    } else if cfg!(windows) {
        start(Command::new("cmd").args(["/C", "start", "", address]))
    } else {
        start(Command::new("xdg-open").arg(address))
    }
}

fn start(command: &mut Command) -> std::io::Result<()> {
    let mut child = command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null()).spawn()?;
    // Somebody has to hear that it ended, or its entry stays in the system's table.
    std::thread::spawn(move || child.wait());
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_editor_is_told_the_line_in_its_own_way() {
        let told = |command| Editor::of_command(command).map(|editor| editor.arguments_for(Path::new("/s/a.yaml"), 12));
        assert_eq!(told("code --wait"), Some(vec!["--goto".to_owned(), "/s/a.yaml:12".to_owned()]));
        assert_eq!(told("/usr/bin/subl -n"), Some(vec!["-n".to_owned(), "/s/a.yaml:12".to_owned()]));
        assert_eq!(told("gvim"), Some(vec!["+12".to_owned(), "/s/a.yaml".to_owned()]));
        assert_eq!(told("vim"), None);
        assert_eq!(told(""), None);
    }
}
