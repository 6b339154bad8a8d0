// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

public import FoundationEssentials
public import TandemData
public import TandemSchema

/// A model with a text as its key.
@Model("agents") public struct Agent {
    /// The key.
    @ID public var name: String
    /// Whether there is no time for more.
    public var isBusy: Bool = false
    /// What nobody sees.
    @Hidden public var token: String?
}

/// A model with a key of two properties.
@Model("memberships") public struct Membership {
    /// Who.
    @ID @Reference(Agent.self) public var agent: Agent.ID
    /// As what.
    @ID public var role: Role
    /// From when on.
    public var since: Date = .now
    /// A secret that is another each time.
    @Hidden public var key: UUID = UUID()

    /// What a member may do.
    @Schema public enum Role: String { case member, owner }
}
