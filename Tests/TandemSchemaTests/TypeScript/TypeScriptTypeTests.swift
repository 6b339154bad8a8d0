// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

import TandemSchema
import Testing

@Suite("A type is declared in TypeScript as JSON has it")
struct TypeScriptTypeTests {
    @Test("What need not be sent is optional, and says its default")
    func objects() {
        #expect(
            TicketReport.typeScript == """
                /** What a customer reports. */
                export interface TicketReport {
                  /** What is wrong, in one line. */
                  subject: string;
                  /** @default "-" */
                  body?: string;
                  /** @default "normal" */
                  priority?: Priority;
                  stars?: number | null;
                  /** @default [] */
                  tags?: string[];
                  "e-mail"?: string | null;
                }

                /** How soon a ticket must be answered. */
                export type Priority = "low" | "normal" | "high";

                """
        )
    }

    @Test("Unions, recursion, and types without a name")
    func others() {
        #expect(
            Shape.typeScript.hasPrefix(
                """
                /** A shape. */
                export type Shape =
                  | {
                """
            )
        )
        #expect(Tree.typeScript.contains("  children?: Tree[];\n"))
        #expect(
            [String: [Int8]].typeScript == "export type DictionaryStringArrayInt8 = { [name: string]: number[] };\n"
        )
        #expect(Everything.typeScript.contains("  /** JavaScript keeps about 16 of its digits. */\n  huge: number;\n"))
    }
}
