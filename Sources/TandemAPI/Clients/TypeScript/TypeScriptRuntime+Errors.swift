// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

extension TypeScriptRuntime {
    static let errorTypes = """

        /** A value of a call that is not valid. */
        export interface InvalidValue {
          /** Where it stands. */
          in: "path" | "query" | "header" | "cookie" | "body";
          /** In a body: a JSON pointer to the value. */
          pointer?: string;
          /** Elsewhere: the name of the parameter. */
          name?: string;
          /** The rule that it breaks. */
          rule: string;
          /** What the rule asks for. */
          expected: string;
          /** What came. */
          actual?: string;
        }

        /** An answer that says that something went wrong (RFC 9457). */
        export class APIError extends Error {
          override readonly name = "APIError";
          /** The status of the answer. */
          readonly status: number;
          /** A stable name, for programs; empty where something else than the server has answered. */
          readonly code: ErrorCode;
          /** The kind of error, for people. */
          readonly title: string;
          /** What happened, for people. */
          readonly detail: string | undefined;
          /** The values that are not valid. */
          readonly errors: InvalidValue[];
          /** The whole answer, members of its own included. */
          readonly problem: { [name: string]: unknown };

          constructor(status: number, problem: { [name: string]: unknown }) {
            const word = (name: string) => (typeof problem[name] === "string" ? (problem[name] as string) : undefined);
            const title = word("title") ?? `Status ${status}`;
            super(word("detail") ?? title);
            this.status = status;
            this.code = word("code") ?? "";
            this.title = title;
            this.detail = word("detail");
            this.errors = Array.isArray(problem["errors"]) ? (problem["errors"] as InvalidValue[]) : [];
            this.problem = problem;
          }
        }

        /** What comes piece by piece; a loop that is left ends the call. */
        export type Stream<T> = AsyncGenerator<T, void, undefined>;

        /** An event of a stream. */
        export interface ServerSentEvent<T> {
          /** What it carries. */
          data: T;
          /** Its kind; `"message"` where the server names none. */
          event: string;
          /** The identifier of the latest event that has one. */
          id?: string;
          /** Milliseconds to wait before the stream is asked for again. */
          retry?: number;
        }

        """
}
