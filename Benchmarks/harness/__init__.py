# Part of Tandem. Copyright the Tandem authors.
# SPDX-License-Identifier: Apache-2.0

"""What every part of the benchmark uses: data, servers, load, measurement, results."""
