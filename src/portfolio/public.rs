//! Portfolio → public portfolio: the only place that decides what is public.

use std::collections::{BTreeMap, BTreeSet, HashSet};
use std::sync::Arc;

use super::shared::HasShared;
use super::{
    Audience, Grant, Identifiers, Owner, Page, Portfolio, Presentation, Project, PublicPortfolio, Publication, Share,
    Shared, Teaching, Training, Venue,
};
use crate::record::Private;
use crate::record::vocabulary::{
    GrantStatus, PresentationStatus, PublicationStatus, PublicationType, TrainingKind, Visibility,
};

impl Portfolio {
    /// Returns what an audience may see, stripped of everything private.
    ///
    /// Unlisted pages belong to nobody's menu; one without a token has no address yet and is left out.
    pub fn published(&self, audience: &Audience) -> PublicPortfolio {
        let show = Show { audience, site_status: &self.settings.show_status };
        let mut redirects = BTreeMap::new();
        let mut publications = Vec::with_capacity(self.publications.len());
        for publication in self.publications.iter().filter(|publication| show.publication(publication)) {
            match self.paper_of(publication).filter(|paper| show.publication(paper)) {
                Some(paper) => {
                    redirects.insert(publication.shared.id.clone(), paper.shared.id.clone());
                    let aliases = publication.shared.aliases.iter().cloned();
                    redirects.extend(aliases.map(|alias| (alias, paper.shared.id.clone())));
                }
                None => publications.push(public_publication(publication)),
            }
        }
        let mut public = PublicPortfolio {
            today: self.today,
            settings: self.settings.clone(),
            owner: public_owner(&self.owner),
            publications,
            presentations: self.presentations.iter().filter(|talk| show.presentation(talk)).map(public_talk).collect(),
            awards: chosen(&self.awards, |award| show.visible(&award.shared), Clone::clone),
            grants: chosen(&self.grants, |grant| show.grant(grant), Clone::clone),
            service: chosen(&self.service, |service| show.visible(&service.shared), Clone::clone),
            teaching: chosen(&self.teaching, |teaching| show.visible(&teaching.shared), public_teaching),
            training: chosen(&self.training, |training| show.training(training), Clone::clone),
            media: chosen(&self.media, |media| show.visible(&media.shared), Clone::clone),
            projects: chosen(&self.projects, |project| project.public && show.visible(&project.shared), public_project),
            pages: self.pages.iter().filter(|page| show.page(page)).cloned().collect(),
            share: self.share_for(audience),
            redirects,
            withheld: BTreeSet::new(),
            left_out: self.left_out.clone(),
        };
        let seen = public.cut_loose();
        public.withheld = self.ids().filter(|id| !seen.contains(*id)).map(str::to_owned).collect();
        public
    }

    /// Returns the share page of an audience, with what the public sees as well.
    fn share_for(&self, audience: &Audience) -> Option<Share> {
        let Audience::SharePage { id, .. } = audience else { return None };
        let public = self.published(&Audience::Public);
        let public = public.shared().map(|shared| shared.id.clone()).collect();
        self.share(id).map(|share| Share { public, ..share })
    }

    /// Returns the paper that a preprint became, at the end of a chain of replacements.
    fn paper_of(&self, publication: &Publication) -> Option<&Arc<Publication>> {
        let mut paper = None;
        let mut next = publication.replaced_by.as_ref();
        for _ in 0..self.publications.len() {
            let Some(id) = next else { break };
            let Some(found) = self.publications.iter().find(|other| other.shared.id == *id) else { break };
            next = found.replaced_by.as_ref();
            paper = Some(found);
        }
        paper.filter(|paper| paper.shared.id != publication.shared.id)
    }
}

/// Decides record by record for one audience.
struct Show<'a> {
    audience: &'a Audience,
    site_status: &'a [PublicationStatus],
}

impl Show<'_> {
    fn is_drafts(&self) -> bool {
        *self.audience == Audience::Drafts
    }

    fn visible(&self, shared: &Shared) -> bool {
        match (shared.visibility, self.audience) {
            (Visibility::Public, _) | (_, Audience::Drafts) | (Visibility::Link, Audience::SharePage { .. }) => true,
            (Visibility::Link | Visibility::Private, _) => false,
        }
    }

    fn publication(&self, publication: &Publication) -> bool {
        use PublicationStatus::{Accepted, Epub, InPress, Published, Retracted};
        let asked: &[PublicationStatus] = match self.audience {
            Audience::SharePage { show_status, .. } => show_status,
            Audience::Public | Audience::Drafts => self.site_status,
        };
        let public = matches!(publication.status, Accepted | InPress | Epub | Published | Retracted);
        self.visible(&publication.shared) && (public || self.is_drafts() || asked.contains(&publication.status))
    }

    fn presentation(&self, talk: &Presentation) -> bool {
        let held = matches!(talk.status, PresentationStatus::Accepted | PresentationStatus::Presented);
        self.visible(&talk.shared) && (held || self.is_drafts())
    }

    fn grant(&self, grant: &Grant) -> bool {
        self.visible(&grant.shared) && matches!(grant.status, GrantStatus::Awarded | GrantStatus::Completed)
    }

    fn training(&self, training: &Training) -> bool {
        let private = matches!(training.kind, TrainingKind::Licence | TrainingKind::Exam);
        self.visible(&training.shared) && (!private || training.public)
    }

    fn page(&self, page: &Page) -> bool {
        let has_address = page.visibility == Visibility::Link && page.token.is_some();
        let is_public = page.visibility == Visibility::Public || (has_address && *self.audience == Audience::Public);
        is_public || self.is_drafts()
    }
}

/// The records that may be seen, each stripped of what is private.
fn chosen<T: HasShared>(records: &[T], may: impl Fn(&T) -> bool, strip: impl Fn(&T) -> T) -> Vec<T> {
    let visible = records.iter().filter(|record| may(record));
    let stripped = visible.map(|record| {
        let mut public = strip(record);
        public.shared_mut().private = Private::default();
        public
    });
    stripped.collect()
}

fn public_owner(owner: &Owner) -> Owner {
    Owner { email: owner.email.clone().filter(|_| owner.show_email), ..owner.clone() }
}

/// The journal of a work that is not accepted yet is never named, nor is what would lead to it.
///
/// A work that has nothing to hide is shared with the portfolio.
fn public_publication(publication: &Arc<Publication>) -> Arc<Publication> {
    use PublicationStatus::{InPreparation, Revision, Submitted, UnderReview, Withdrawn};
    let unpublished = matches!(publication.status, InPreparation | Submitted | UnderReview | Revision | Withdrawn);
    let is_open = publication.shared.private == Private::default() && publication.target_journal.is_none();
    if is_open && !unpublished {
        return Arc::clone(publication);
    }
    let mut public = Publication::clone(publication);
    public.shared.private = Private::default();
    public.target_journal = None;
    if unpublished && public.kind != PublicationType::Preprint {
        let genre = public.venue.genre.take();
        public.venue = Venue { genre, ..Venue::default() };
        let Identifiers { arxiv, nct, prospero, .. } = std::mem::take(&mut public.identifiers);
        public.identifiers = Identifiers { arxiv, nct, prospero, ..Identifiers::default() };
    }
    Arc::new(public)
}

fn public_talk(talk: &Arc<Presentation>) -> Arc<Presentation> {
    if talk.shared.private == Private::default() {
        return Arc::clone(talk);
    }
    let mut public = Presentation::clone(talk);
    public.shared.private = Private::default();
    Arc::new(public)
}

fn public_teaching(teaching: &Teaching) -> Teaching {
    Teaching { name: teaching.name.clone().filter(|_| teaching.name_public), ..teaching.clone() }
}

/// A project shows its title, stage and threads only.
fn public_project(project: &Project) -> Project {
    Project {
        shared: Shared {
            id: project.shared.id.clone(),
            title: project.shared.title.clone(),
            threads: project.shared.threads.clone(),
            visibility: project.shared.visibility,
            aliases: project.shared.aliases.clone(),
            origin: project.shared.origin.clone(),
            ..Shared::default()
        },
        stage: project.stage,
        stages: BTreeMap::new(),
        updated: None,
        next_step: None,
        next_due: None,
        mentor: None,
        team: Vec::new(),
        level_at_start: None,
        target_conference: None,
        target_journal: None,
        author_order: Vec::new(),
        authorship_agreed: None,
        irb: None,
        hours_per_week: None,
        public: true,
    }
}

impl PublicPortfolio {
    /// Removes references to records that the audience does not see, and adds the redirects of aliases.
    ///
    /// Returns the ids of the records that it sees.
    fn cut_loose(&mut self) -> HashSet<String> {
        let seen: HashSet<String> = self.shared().map(|shared| shared.id.clone()).collect();
        let folded = std::mem::take(&mut self.redirects);
        let loose = Loose { seen: &seen, folded: &folded };
        let aliases = self.shared().flat_map(|shared| shared.aliases.iter().map(|alias| (alias, &shared.id)));
        let aliases = aliases.filter(|(alias, _)| !seen.contains(*alias));
        let aliases: Vec<_> = aliases.map(|(alias, id)| (alias.clone(), id.clone())).collect();
        for publication in &mut self.publications {
            let replaced_by = publication.replaced_by.as_ref().and_then(|id| loose.resolve(id));
            if loose.changes(&publication.shared) || replaced_by != publication.replaced_by {
                let publication = Arc::make_mut(publication);
                publication.replaced_by = replaced_by;
                loose.cut(&mut publication.shared);
            }
        }
        for talk in self.presentations.iter_mut().filter(|talk| loose.changes(&talk.shared)) {
            loose.cut(&mut Arc::make_mut(talk).shared);
        }
        self.activities_mut().for_each(|shared| loose.cut(shared));
        for award in &mut self.awards {
            award.for_record = award.for_record.as_ref().and_then(|id| loose.resolve(id));
        }
        self.redirects = folded;
        self.redirects.extend(aliases);
        seen
    }

    /// The shared fields of all records but publications and presentations.
    fn activities_mut(&mut self) -> impl Iterator<Item = &mut Shared> {
        let awards = self.awards.iter_mut().map(HasShared::shared_mut);
        awards
            .chain(self.grants.iter_mut().map(HasShared::shared_mut))
            .chain(self.service.iter_mut().map(HasShared::shared_mut))
            .chain(self.teaching.iter_mut().map(HasShared::shared_mut))
            .chain(self.training.iter_mut().map(HasShared::shared_mut))
            .chain(self.media.iter_mut().map(HasShared::shared_mut))
            .chain(self.projects.iter_mut().map(HasShared::shared_mut))
    }
}

/// What references between records may lead to.
struct Loose<'a> {
    /// Ids that the audience sees.
    seen: &'a HashSet<String>,
    /// Id of a preprint → id of the paper shown in its place.
    folded: &'a BTreeMap<String, String>,
}

impl Loose<'_> {
    fn resolve(&self, id: &String) -> Option<String> {
        let target = self.folded.get(id).unwrap_or(id);
        self.seen.contains(target).then(|| target.clone())
    }

    /// Tells whether a record has a reference that must be cut or led elsewhere.
    fn changes(&self, shared: &Shared) -> bool {
        let project = shared.project.as_ref().is_some_and(|id| !self.seen.contains(id));
        project || (!shared.follows.is_empty() && self.follows(shared) != shared.follows)
    }

    fn follows(&self, shared: &Shared) -> Vec<String> {
        let mut follows: Vec<String> = Vec::new();
        for id in shared.follows.iter().filter_map(|id| self.resolve(id)) {
            if id != shared.id && !follows.contains(&id) {
                follows.push(id);
            }
        }
        follows
    }

    fn cut(&self, shared: &mut Shared) {
        shared.follows = self.follows(shared);
        shared.project = shared.project.take().filter(|id| self.seen.contains(id));
    }
}

#[cfg(test)]
mod tests;
