// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

#if Mustache
import Testing
import TandemHTML
@Suite struct TemplatesTests {}
#endif
