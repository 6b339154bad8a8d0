# Part of Tandem. Copyright the Tandem authors.
# SPDX-License-Identifier: Apache-2.0

"""github.json: what happened at a code host in a second: many kinds of events in one list."""

from __future__ import annotations

from pydantic import BaseModel, RootModel


class GitHubEvent(BaseModel):
    created_at: str
    actor: Account
    payload: Payload
    repo: EventRepository
    id: str
    type: str
    public: bool
    org: Account | None = None


class Account(BaseModel):
    url: str
    login: str
    avatar_url: str
    id: int
    gravatar_id: str


class EventRepository(BaseModel):
    url: str
    id: int
    name: str


class Payload(BaseModel):
    size: int | None = None
    head: str | None = None
    commits: list[Commit] | None = None
    distinct_size: int | None = None
    push_id: int | None = None
    ref: str | None = None
    before: str | None = None
    ref_type: str | None = None
    master_branch: str | None = None
    description: str | None = None
    forkee: Repository | None = None
    action: str | None = None
    comment: Comment | None = None
    issue: Issue | None = None
    pages: list[Page] | None = None


class Commit(BaseModel):
    url: str
    distinct: bool
    message: str
    author: Author
    sha: str


class Author(BaseModel):
    email: str
    name: str


class Comment(BaseModel):
    body: str
    url: str
    created_at: str
    updated_at: str
    user: GitHubUser
    id: int
    issue_url: str


class Issue(BaseModel):
    body: str
    events_url: str
    number: int
    title: str
    url: str
    labels_url: str
    created_at: str
    labels: list[Label]
    comments_url: str
    html_url: str
    comments: int
    milestone: Milestone | None = None
    updated_at: str
    assignee: GitHubUser | None = None
    state: str
    user: GitHubUser
    pull_request: PullRequest
    closed_at: str | None = None
    id: int


class Label(BaseModel):
    url: str
    name: str
    color: str


class Milestone(BaseModel):
    url: str
    number: int
    title: str
    state: str


class PullRequest(BaseModel):
    diff_url: str | None = None
    html_url: str | None = None
    patch_url: str | None = None


class Page(BaseModel):
    title: str
    html_url: str
    summary: str | None = None
    sha: str
    page_name: str
    action: str


class GitHubUser(BaseModel):
    following_url: str
    events_url: str
    organizations_url: str
    url: str
    gists_url: str
    subscriptions_url: str
    avatar_url: str
    repos_url: str
    received_events_url: str
    gravatar_id: str
    starred_url: str
    login: str
    type: str
    id: int
    followers_url: str


class Repository(BaseModel):
    issues_url: str
    has_wiki: bool
    forks_url: str
    mirror_url: str | None = None
    subscription_url: str
    notifications_url: str
    collaborators_url: str
    updated_at: str
    private: bool
    pulls_url: str
    issue_comment_url: str
    full_name: str
    owner: GitHubUser
    contents_url: str
    id: int
    keys_url: str
    issue_events_url: str
    tags_url: str
    contributors_url: str
    downloads_url: str
    assignees_url: str
    statuses_url: str
    git_refs_url: str
    open_issues_count: int
    clone_url: str
    watchers_count: int
    git_tags_url: str
    milestones_url: str
    forks: int
    size: int
    homepage: str | None = None
    public: bool
    teams_url: str
    fork: bool
    commits_url: str
    description: str | None = None
    archive_url: str
    labels_url: str
    events_url: str
    comments_url: str
    html_url: str
    compare_url: str
    open_issues: int
    svn_url: str
    forks_count: int
    merges_url: str
    has_issues: bool
    ssh_url: str
    blobs_url: str
    languages_url: str
    hooks_url: str
    has_downloads: bool
    watchers: int
    name: str
    language: str | None = None
    url: str
    created_at: str
    pushed_at: str
    git_commits_url: str
    trees_url: str
    branches_url: str
    subscribers_url: str
    stargazers_url: str
    git_url: str


class Document(RootModel[list[GitHubEvent]]):
    pass
