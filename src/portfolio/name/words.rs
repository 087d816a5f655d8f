//! The words by which the parts of a name are told apart.

/// Particles that belong to the family name when written in lower case.
const PARTICLES: &[&str] = &[
    "aan", "af", "al", "am", "av", "auf", "ben", "bin", "bint", "d", "da", "dal", "dalla", "das", "de", "degli", "dei",
    "del", "dela", "della", "delle", "dello", "den", "der", "des", "di", "do", "dos", "du", "e", "el", "het", "ibn",
    "in", "la", "las", "le", "les", "lo", "los", "op", "t", "te", "ten", "ter", "tot", "und", "van", "ver", "vom",
    "von", "y", "zu", "zum", "zur",
];

/// Words that open a family name of several words even with a capital.
const FAMILY_OPENERS: &[&str] = &[
    "abu", "al", "bin", "bint", "da", "de", "del", "della", "den", "der", "di", "do", "dos", "du", "el", "ibn", "la",
    "le", "mac", "saint", "san", "santa", "st", "ste", "ten", "ter", "van", "vande", "vander", "von",
];

/// Particles written together with the family name in lower case.
const JOINED_PARTICLES: &[&str] = &[
    "al-", "el-", "ad-", "an-", "ar-", "as-", "ash-", "at-", "az-", "bin-", "d'", "l'", "dell'", "dall'", "nell'", "'t",
];

/// Family names of two characters.
const LONG_HAN_FAMILIES: &[&str] = &[
    "欧阳", "歐陽", "司马", "司馬", "诸葛", "諸葛", "上官", "司徒", "夏侯", "东方", "東方", "皇甫", "尉迟", "公孙",
    "公孫", "慕容", "令狐", "宇文", "长孙", "長孫", "端木", "轩辕", "南宫", "南宮", "独孤", "獨孤", "闻人", "聞人",
];

/// Family names of two syllables.
const LONG_HANGUL_FAMILIES: &[&str] = &["남궁", "황보", "제갈", "선우", "독고", "사공", "서문", "동방", "어금", "망절"];

/// Family names that stand first in their own languages and are hardly ever given names in others.
const FIRST_FAMILIES: &[&str] = &[
    "zhang", "wang", "liu", "chen", "yang", "zhao", "huang", "zhou", "xu", "zhu", "guo", "luo", "zheng", "liang",
    "xie", "tang", "deng", "cao", "zeng", "pan", "cai", "du", "ding", "lyu", "yao", "shen", "xiong", "nguyen", "tran",
    "pham", "hoang", "huynh", "phan", "bui", "ngo", "duong", "truong", "dinh", "li", "hu", "gao", "wu", "choi",
    "jeong", "jung", "kang", "cho", "yoon", "jang", "lim", "seo", "shin", "kwon", "hwang", "ahn",
];

/// Family names that stand first in some languages and are given names in others.
const AMBIGUOUS_FIRST: &[&str] = &[
    "kim", "lee", "park", "dang", "vu", "vo", "le", "ly", "oh", "yi", "wei", "feng", "peng", "ren", "su", "yu", "he",
    "ye", "song", "han", "cheng", "dong", "tian", "xiao", "lu", "ma", "lin", "jiang", "sun",
];

/// Spanish and Portuguese given names, after which two family names are likely.
const IBERIAN_GIVEN: &[&str] = &[
    "alejandro",
    "ana",
    "andres",
    "antonio",
    "beatriz",
    "carlos",
    "carmen",
    "cristina",
    "diego",
    "eduardo",
    "elena",
    "fernando",
    "francisco",
    "gabriel",
    "gonzalo",
    "ignacio",
    "ines",
    "isabel",
    "javier",
    "joao",
    "jorge",
    "jose",
    "juan",
    "lucia",
    "luis",
    "manuel",
    "marcos",
    "maria",
    "marta",
    "miguel",
    "pablo",
    "paula",
    "pedro",
    "pilar",
    "rafael",
    "raul",
    "ricardo",
    "rosa",
    "santiago",
    "sergio",
    "sofia",
    "teresa",
    "tiago",
];

/// Words that only a group's name holds.
const GROUP_WORDS: &[&str] = &[
    "group",
    "groups",
    "investigators",
    "collaborators",
    "collaboration",
    "collaborative",
    "consortium",
    "committee",
    "network",
    "society",
    "trialists",
    "team",
    "taskforce",
    "initiative",
    "association",
    "registry",
    "organization",
    "organisation",
    "study",
    "university",
    "department",
    "institute",
    "collaborateurs",
    "writing",
    "working",
    "college",
    "foundation",
    "council",
    "alliance",
];

const TITLES: &[&str] = &["dr", "prof", "professor", "mr", "mrs", "ms", "miss", "doctor"];

const DEGREES: &[&str] = &[
    "md", "do", "phd", "dphil", "mph", "ms", "msc", "mscr", "msci", "ma", "mba", "mbbs", "mbchb", "mbbch", "mb", "bs",
    "bsc", "ba", "bm", "bds", "dds", "dmd", "dvm", "drph", "scd", "edd", "med", "meng", "mhs", "mhsc", "mmed", "mres",
    "mphil", "mhpe", "pharmd", "dsc", "mdphd", "mdcm", "rn", "np", "pa", "pac", "rt", "facr", "frcr", "frcpc", "frcp",
    "frcs", "facs", "facp", "facep", "fsir", "fsar", "fesc", "franzcr", "fanzcr", "mrcp", "mrcs", "aprn", "crnp",
    "caqsm", "mdres", "mmsc", "mspp", "msph", "msed", "jd", "llm",
];

fn plain(word: &str) -> String {
    super::fold(word)
}

/// Tells whether a word is a particle, whatever its case.
pub(super) fn is_particle(word: &str) -> bool {
    word.len() <= 6 && PARTICLES.contains(&plain(word).as_str())
}

/// Tells whether a word with a capital opens a family name of several words.
pub(super) fn opens_family(word: &str) -> bool {
    word.len() <= 8 && FAMILY_OPENERS.contains(&plain(word).as_str())
}

/// Returns the particle that a word begins with, when it is joined to it in lower case (`al-`, `d'`).
pub(super) fn joined_particle(word: &str) -> Option<&str> {
    JOINED_PARTICLES.iter().find_map(|particle| {
        let length: usize = word.chars().take(particle.chars().count()).map(char::len_utf8).sum();
        let (head, tail) = word.split_at(length);
        let straight: String = head.chars().map(|c| if super::is_apostrophe(c) { '\'' } else { c }).collect();
        let follows = tail.chars().next().is_some_and(char::is_uppercase);
        (straight == *particle && follows).then_some(head)
    })
}

/// Returns the family name of two characters or syllables that a name begins with.
pub(super) fn long_east_asian_family(name: &str) -> Option<&'static str> {
    LONG_HAN_FAMILIES.iter().chain(LONG_HANGUL_FAMILIES).copied().find(|family| name.starts_with(family))
}

/// Whether a family name stands first: surely, perhaps, or not.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum StandsFirst {
    Surely,
    Perhaps,
    No,
}

/// Tells whether a word is a family name that stands first in its own language.
pub(super) fn stands_first(word: &str) -> StandsFirst {
    let word = plain(word);
    if FIRST_FAMILIES.contains(&word.as_str()) {
        StandsFirst::Surely
    } else if AMBIGUOUS_FIRST.contains(&word.as_str()) {
        StandsFirst::Perhaps
    } else {
        StandsFirst::No
    }
}

/// Tells whether a given name makes two family names likely.
pub(super) fn is_iberian_given(word: &str) -> bool {
    IBERIAN_GIVEN.contains(&plain(word).as_str())
}

/// Tells whether a word is likely a Spanish family name (`Ruiz`, `Márquez`).
pub(super) fn is_iberian_family(word: &str) -> bool {
    let word = plain(word);
    word.ends_with("ez")
        || ["garcia", "ruiz", "cruz", "silva", "santos", "souza", "moreno", "romero"].contains(&word.as_str())
}

/// Tells whether a name of several words is that of a group.
pub(super) fn is_group(name: &str) -> bool {
    let tells = |word: &str| word.len() > 3 && GROUP_WORDS.iter().any(|known| known.eq_ignore_ascii_case(word));
    name.contains(char::is_whitespace) && name.split(|c: char| !c.is_alphanumeric()).any(tells)
}

/// Tells whether a word is a form of address (`Dr`, `Prof.`).
pub(super) fn is_title(word: &str) -> bool {
    TITLES.contains(&word.trim_end_matches('.').to_lowercase().as_str())
}

/// Tells whether a word is an academic degree or fellowship, with or without stops.
pub(super) fn is_degree(word: &str) -> bool {
    // `M.-S.` is a person's initials.
    if word.contains('-') {
        return false;
    }
    let letters: String = word.chars().filter(char::is_ascii_alphanumeric).collect();
    letters.chars().filter(char::is_ascii_uppercase).count() > 1 && DEGREES.contains(&letters.to_lowercase().as_str())
}

/// Tells whether a degree cannot be initials: it has small letters, or more letters than a run of initials.
pub(super) fn is_plain_degree(word: &str) -> bool {
    let mut letters = word.chars().filter(|c| c.is_alphabetic());
    is_degree(word)
        && word.chars().next().is_some_and(char::is_uppercase)
        && (letters.clone().count() > 3
            || (letters.clone().skip(1).any(char::is_lowercase) && letters.next_back().is_some_and(char::is_uppercase))
            || matches!(word, "MSc" | "BSc"))
}

/// Returns the normal form of a suffix: `Jr`, `Sr`, `II`, `III`, `IV`.
pub(super) fn suffix(word: &str) -> Option<&'static str> {
    match word.trim_end_matches('.').to_lowercase().as_str() {
        "jr" | "junior" => Some("Jr"),
        "sr" => Some("Sr"),
        "2nd" | "2d" => Some("II"),
        "3rd" | "3d" => Some("III"),
        "4th" => Some("IV"),
        _ => roman_suffix(word),
    }
}

/// Tells whether a suffix could as well be initials: `II`, `III`, `IV`, and `JR`, `SR` in capitals.
pub(super) fn may_be_initials(suffix: &str) -> bool {
    roman_suffix(suffix).is_some() || is_capital_suffix(suffix)
}

/// Tells whether a word is `JR` or `SR` in capitals.
pub(super) fn is_capital_suffix(word: &str) -> bool {
    matches!(word, "JR" | "SR")
}

/// Returns a suffix that is a Roman number; `I` and `V` are initials, never suffixes.
fn roman_suffix(word: &str) -> Option<&'static str> {
    ["II", "III", "IV"].into_iter().find(|roman| *roman == word)
}
