// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

import FoundationEssentials
import TandemSchema

/// How soon a ticket must be answered.
@Schema enum Priority: String, Hashable {
    case low, normal, high
}

@Schema enum Channel: Hashable {
    case mail
    @Key("live-chat") case chat
}

/// What a customer reports.
@Schema struct TicketReport: Equatable {
    /// What is wrong, in one line.
    @Length(1...20) @Example("Printer on fire") var subject: String
    @Length(1...) var body: String = "-"
    var priority: Priority = .normal
    @Range(1...5) var stars: Int?
    @Items(...3) @Unique var tags: [String] = []
    @Key("e-mail") @Format(.email) var email: String?
}

@Schema(unknownKeys: .refuse) struct Point: Hashable {
    var x: Double
    var y: Double
}

@Schema(unknownKeys: .keep) struct Open: Equatable {
    var name: String
    var unknownKeys: JSONObject
}

/// A shape.
@Schema enum Shape: Equatable {
    /// All points within a distance.
    case circle(center: Point, radius: Double = 1)
    case polygon([Point])
    @Key("nothing") case empty
}

@Schema struct Page<Item>: Equatable where Item: Equatable {
    var items: [Item]
    var next: String?
}

@Schema struct Tree: Equatable {
    var name: String
    var children: [Tree] = []
}

@Schema struct Stay: Equatable {
    var from: Int
    var to: Int

    func validate() -> [Violation] {
        self.from < self.to ? [] : [Violation("order", expected: "after from", actual: "\(self.to)", pointer: "/to")]
    }
}

@Schema struct TicketChange: Equatable {
    var subject: Patch<String>
    @Range(0...9) var level: Patch<Int>
}

@Schema struct Everything: Equatable {
    var text: String
    var flag: Bool
    var small: Int8
    var large: UInt64
    var huge: Int128
    var number: Double
    var single: Float
    var money: Decimal
    var id: UUID
    var at: Date
    var bytes: Data
    var link: URL
    var maybe: Int?
    var list: [[Int]]
    var set: Set<Int>
    var counts: [String: Int]
    var ids: [Int: String]
    var shape: Shape
    var page: Page<Point>
    var any: JSON
    var `default`: Int = 7
}
