# Part of Tandem. Copyright the Tandem authors.
# SPDX-License-Identifier: Apache-2.0

"""canada.json: the outline of a country: little but numbers."""

from __future__ import annotations

from pydantic import BaseModel


class FeatureCollection(BaseModel):
    type: str
    features: list[Feature]


class Feature(BaseModel):
    type: str
    properties: FeatureProperties
    geometry: Geometry


class FeatureProperties(BaseModel):
    name: str


class Geometry(BaseModel):
    type: str
    coordinates: list[list[list[float]]]


Document = FeatureCollection
