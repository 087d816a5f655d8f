//! `choose`: which branch of a style holds for an item.

use hayagriva::citationberg::taxonomy::Variable;
use hayagriva::citationberg::{Choose, ChooseBranch, ChooseMatch};

use super::{Element, Resolver, sort_of};
use crate::cite::number::Numbers;

impl Resolver<'_> {
    /// Returns the children of the first branch that holds.
    pub(super) fn chosen<'s>(&self, choose: &'s Choose) -> Option<&'s [Element]> {
        choose
            .branches()
            .find(|branch| self.holds(branch))
            .map(|branch| branch.children.as_slice())
            .or_else(|| choose.otherwise.as_ref().map(|branch| branch.children.as_slice()))
    }

    fn holds(&self, branch: &ChooseBranch) -> bool {
        // Each entry stands alone and in a list, so it needs no telling apart (`disambiguate`),
        // has no place in a text (`position`) and no locator.
        let apart = branch.disambiguate.into_iter().map(|wanted| !wanted);
        let numeric = branch.is_numeric.iter().flatten().map(|variable| self.is_numeric(*variable));
        let uncertain = branch.is_uncertain_date.iter().flatten();
        let uncertain = uncertain.map(|variable| self.item.date(*variable).is_some_and(|date| date.circa));
        let locator = branch.locator.iter().flatten().map(|_| false);
        let position = branch.position.iter().flatten().map(|_| false);
        let kind = branch.type_.iter().flatten().map(|kind| self.item.kind == Some(*kind));
        let variable = branch.variable.iter().flatten().map(|variable| self.has(*variable));
        let mut tests =
            apart.chain(numeric).chain(uncertain).chain(locator).chain(position).chain(kind).chain(variable);
        match branch.match_ {
            ChooseMatch::All => tests.all(|held| held),
            ChooseMatch::Any => tests.any(|held| held),
            ChooseMatch::None => tests.all(|held| !held),
        }
    }

    fn has(&self, variable: Variable) -> bool {
        match variable {
            Variable::Number(_) => self.number_text(variable).is_some(),
            other => self.item.has(other),
        }
    }

    fn is_numeric(&self, variable: Variable) -> bool {
        self.number_text(variable).is_some_and(|text| Numbers::parse(&text, sort_of(variable)).numeric)
    }
}
