// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

import Tandem

/// A version of a package, for one architecture.
@Model("package_versions") struct PackageVersion: Equatable {
    @ID @Reference(Package.self, onDelete: .cascade, as: "package") var packageName: Package.ID
    /// The version as Debian writes it, `[epoch:]upstream[-revision]`.
    @ID @Example("1:2.36-9+deb12u4") var number: String
    /// What it runs on; `all` is everything.
    @ID @Example("amd64") var architecture: String
    /// What it takes when it is installed, in bytes.
    var installedSize: Int64?
    /// What has to be fetched, in bytes.
    var downloadSize: Int64?
    @Hidden var fingerprint: Int64 = 0
}
