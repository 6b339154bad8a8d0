// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

// swift-format-ignore-file: AlwaysUseLowerCamelCase
// Named as in the document, so that both codecs take the keys as they are.

import TandemSchema

/// `github.json`: what happened at a code host in a second: many kinds of events in one list.
@Schema struct GitHubEvent: Codable, Equatable {
    var created_at: String
    var actor: Account
    var payload: Payload
    var repo: EventRepository
    var id: String
    var type: String
    var `public`: Bool
    var org: Account?
}

@Schema struct Account: Codable, Equatable {
    var url: String
    var login: String
    var avatar_url: String
    var id: Int
    var gravatar_id: String
}

@Schema struct EventRepository: Codable, Equatable {
    var url: String
    var id: Int
    var name: String
}

@Schema struct Payload: Codable, Equatable {
    var size: Int?
    var head: String?
    var commits: [Commit]?
    var distinct_size: Int?
    var push_id: Int?
    var ref: String?
    var before: String?
    var ref_type: String?
    var master_branch: String?
    var description: String?
    var forkee: Repository?
    var action: String?
    var comment: Comment?
    var issue: Issue?
    var pages: [Page]?
}

@Schema struct Commit: Codable, Equatable {
    var url: String
    var distinct: Bool
    var message: String
    var author: Author
    var sha: String
}

@Schema struct Author: Codable, Equatable {
    var email: String
    var name: String
}

@Schema struct Comment: Codable, Equatable {
    var body: String
    var url: String
    var created_at: String
    var updated_at: String
    var user: GitHubUser
    var id: Int
    var issue_url: String
}

@Schema struct Issue: Codable, Equatable {
    var body: String
    var events_url: String
    var number: Int
    var title: String
    var url: String
    var labels_url: String
    var created_at: String
    var labels: [Label]
    var comments_url: String
    var html_url: String
    var comments: Int
    var milestone: Milestone?
    var updated_at: String
    var assignee: GitHubUser?
    var state: String
    var user: GitHubUser
    var pull_request: PullRequest
    var closed_at: String?
    var id: Int
}

@Schema struct Label: Codable, Equatable {
    var url: String
    var name: String
    var color: String
}

@Schema struct Milestone: Codable, Equatable {
    var url: String
    var number: Int
    var title: String
    var state: String
}

@Schema struct PullRequest: Codable, Equatable {
    var diff_url: String?
    var html_url: String?
    var patch_url: String?
}

@Schema struct Page: Codable, Equatable {
    var title: String
    var html_url: String
    var summary: String?
    var sha: String
    var page_name: String
    var action: String
}

@Schema struct GitHubUser: Codable, Equatable {
    var following_url: String
    var events_url: String
    var organizations_url: String
    var url: String
    var gists_url: String
    var subscriptions_url: String
    var avatar_url: String
    var repos_url: String
    var received_events_url: String
    var gravatar_id: String
    var starred_url: String
    var login: String
    var type: String
    var id: Int
    var followers_url: String
}

@Schema struct Repository: Codable, Equatable {
    var issues_url: String
    var has_wiki: Bool
    var forks_url: String
    var mirror_url: String?
    var subscription_url: String
    var notifications_url: String
    var collaborators_url: String
    var updated_at: String
    var `private`: Bool
    var pulls_url: String
    var issue_comment_url: String
    var full_name: String
    var owner: GitHubUser
    var contents_url: String
    var id: Int
    var keys_url: String
    var issue_events_url: String
    var tags_url: String
    var contributors_url: String
    var downloads_url: String
    var assignees_url: String
    var statuses_url: String
    var git_refs_url: String
    var open_issues_count: Int
    var clone_url: String
    var watchers_count: Int
    var git_tags_url: String
    var milestones_url: String
    var forks: Int
    var size: Int
    var homepage: String?
    var `public`: Bool
    var teams_url: String
    var fork: Bool
    var commits_url: String
    var description: String?
    var archive_url: String
    var labels_url: String
    var events_url: String
    var comments_url: String
    var html_url: String
    var compare_url: String
    var open_issues: Int
    var svn_url: String
    var forks_count: Int
    var merges_url: String
    var has_issues: Bool
    var ssh_url: String
    var blobs_url: String
    var languages_url: String
    var hooks_url: String
    var has_downloads: Bool
    var watchers: Int
    var name: String
    var language: String?
    var url: String
    var created_at: String
    var pushed_at: String
    var git_commits_url: String
    var trees_url: String
    var branches_url: String
    var subscribers_url: String
    var stargazers_url: String
    var git_url: String
}
