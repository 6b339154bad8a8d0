// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

import TandemSchema

/// `canada.json`: the outline of a country: little but numbers.
@Schema struct FeatureCollection: Codable, Equatable {
    var type: String
    var features: [Feature]
}

@Schema struct Feature: Codable, Equatable {
    var type: String
    var properties: FeatureProperties
    var geometry: Geometry
}

@Schema struct FeatureProperties: Codable, Equatable {
    var name: String
}

@Schema struct Geometry: Codable, Equatable {
    var type: String
    var coordinates: [[[Double]]]
}
