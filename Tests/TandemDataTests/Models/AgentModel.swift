// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

public import FoundationEssentials
public import TandemData
public import TandemSchema

@Model("agents") public struct Agent {
    @ID public var name: String
    public var isBusy: Bool = false
    @Hidden public var token: String?
}

/// A row of two keys.
@Model("memberships") public struct Membership {
    @ID @Reference(Agent.self) public var agent: Agent.ID
    @ID public var role: Role
    public var since: Date = .now
    @Hidden public var key: UUID = UUID()

    @Schema public enum Role: String { case member, owner }
}
