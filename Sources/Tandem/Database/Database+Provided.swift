// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

public import TandemAPI
public import TandemData

/// An endpoint can ask for the database by a parameter of this type, once the application has provided it.
extension Database: Provided {}
