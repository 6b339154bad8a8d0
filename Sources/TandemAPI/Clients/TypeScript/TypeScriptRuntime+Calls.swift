// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

extension TypeScriptRuntime {
    static let calls = connection + parts

    private static let connection = #"""
        interface Call {
          method: string;
          path: string;
          query?: { [name: string]: unknown };
          headers?: { [name: string]: unknown };
          cookies?: { [name: string]: unknown };
          json?: unknown;
          form?: { [name: string]: unknown };
          body?: BodyInit | undefined;
          type?: string;
        }

        class Connection {
          readonly #options: ClientOptions;

          constructor(options: ClientOptions) {
            this.#options = options;
          }

          json<T>(call: Call, options?: CallOptions): Promise<T> {
            return this.#exchange(call, options, "application/json", (answer) => answer.json() as Promise<T>);
          }

          text(call: Call, options?: CallOptions): Promise<string> {
            return this.#exchange(call, options, "text/*", (answer) => answer.text());
          }

          bytes(call: Call, options?: CallOptions): Promise<Blob> {
            return this.#exchange(call, options, "*/*", (answer) => answer.blob());
          }

          nothing(call: Call, options?: CallOptions): Promise<void> {
            return this.#exchange(call, options, "*/*", async (answer) => answer.body?.cancel());
          }

          async *lines<T>(call: Call, options?: CallOptions): Stream<T> {
            for await (const line of this.#lines(call, options, "application/jsonl")) {
              if (line.trim() !== "") yield JSON.parse(line) as T;
            }
          }

          async *events<T>(call: Call, options?: CallOptions): Stream<ServerSentEvent<T>> {
            for await (const event of this.texts(call, options)) yield { ...event, data: JSON.parse(event.data) as T };
          }

          async *texts(call: Call, options?: CallOptions): Stream<ServerSentEvent<string>> {
            let data: string[] = [];
            let event = "";
            let sticky: { id?: string; retry?: number } = {};
            for await (const line of this.#lines(call, options, "text/event-stream")) {
              const [, field, value = ""] = /^([^:]*)(?:: ?(.*))?$/s.exec(line) ?? [];
              if (field === "data") data.push(value);
              else if (field === "event") event = value;
              else if (field === "id") sticky = { ...sticky, id: value };
              else if (field === "retry" && /^\d+$/.test(value)) sticky = { ...sticky, retry: Number(value) };
              if (line !== "") continue;
              const text = data.join("\n");
              if (event === "error" && isProblem(text)) throw failure(0, text);
              if (data.length > 0) yield { data: text, event: event || "message", ...sticky };
              data = [];
              event = "";
            }
          }

          async *#lines(call: Call, options: CallOptions | undefined, accept: string): Stream<string> {
            const limit = limits(options?.signal, options?.timeout ?? this.#options.timeout);
            try {
              const answer = await this.#send(call, options, accept, limit.signal);
              limit.begin();
              if (answer.body) yield* lines(answer.body);
            } finally {
              limit.end();
            }
          }

          async #exchange<T>(
            call: Call,
            options: CallOptions | undefined,
            accept: string,
            read: (answer: Response) => Promise<T>,
          ): Promise<T> {
            const limit = limits(options?.signal, options?.timeout ?? this.#options.timeout);
            try {
              return await read(await this.#send(call, options, accept, limit.signal));
            } finally {
              limit.end();
            }
          }

          async #send(
            call: Call,
            options: CallOptions | undefined,
            accept: string,
            signal: AbortSignal,
          ): Promise<Response> {
            const headers = new Headers({ accept, ...this.#options.headers });
            await authorize(call, headers, this.#options);
            for (const [name, text] of texts(call.headers)) headers.append(name, text);
            for (const [name, text] of texts(options?.headers)) headers.set(name, text);
            const cookies = texts(call.cookies).map(([name, text]) => {
              if (/[;\s]/.test(text)) throw new TypeError(`The cookie ${name} has a character that cookies cannot have.`);
              return `${name}=${text}`;
            });
            if (cookies.length > 0) headers.set("cookie", cookies.join("; "));
            let body = call.body;
            if (call.form !== undefined) body = form(call.form);
            else if (call.json !== undefined) body = JSON.stringify(call.json);
            const type = call.json === undefined ? call.type : "application/json";
            if (type !== undefined && body !== undefined) headers.set("content-type", type);
            const query = new URLSearchParams(texts(call.query)).toString();
            const base = (this.#options.baseURL ?? "").replace(/\/+$/, "");
            const request: RequestInit = { method: call.method, headers, signal };
            if (body !== undefined) Object.assign(request, { body }, body instanceof ReadableStream ? { duplex: "half" } : {});
            if (this.#options.credentials !== undefined) request.credentials = this.#options.credentials;
            const send = this.#options.fetch ?? fetch;
            const answer = await send(base + call.path + (query === "" ? "" : `?${query}`), request);
            if (!answer.ok) throw failure(answer.status, await answer.text());
            return answer;
          }
        }


        """#

    private static let parts = #"""
        /** A value as one segment of a path. */
        function segment(value: unknown): string {
          const text = String(value);
          // A URL knows these as "here" and "one up", however they are written.
          if (text === "" || text === "." || text === "..") throw new TypeError(`"${text}" cannot be part of a path.`);
          return encodeURIComponent(text);
        }

        /** Values as texts: those of a list one by one, those of an object under `name[property]`. */
        function texts(values: { [name: string]: unknown } = {}): [string, string][] {
          return Object.entries(values).flatMap(([name, value]) =>
            parts(name, value).map(([name, part]): [string, string] => [name, String(part)]),
          );
        }

        function parts(name: string, value: unknown): [string, unknown][] {
          if (value === undefined || value === null) return [];
          if (typeof value !== "object" || value instanceof Blob) return [[name, value]];
          return Object.entries(value).flatMap(([key, part]) => {
            const isPlain = Array.isArray(value) && (typeof part !== "object" || part instanceof Blob);
            return parts(isPlain ? name : `${name}[${key}]`, part);
          });
        }

        /** A form with its files. */
        function form(values: { [name: string]: unknown }): FormData {
          const data = new FormData();
          for (const [name, value] of Object.entries(values).flatMap(([name, value]) => parts(name, value))) {
            data.append(name, value instanceof Blob ? value : String(value));
          }
          return data;
        }

        async function provided<T>(value: Provided<T> | undefined): Promise<T | undefined> {
          return typeof value === "function" ? await (value as () => T | Promise<T>)() : value;
        }

        /** A signal that follows another, and goes off by itself when time is up before `begin`. */
        function limits(outer: AbortSignal | undefined, timeout: number | undefined) {
          const controller = new AbortController();
          const abort = () => controller.abort(outer?.reason);
          if (outer?.aborted) abort();
          outer?.addEventListener("abort", abort);
          const expire = () => controller.abort(new DOMException(`No answer within ${timeout} ms.`, "TimeoutError"));
          const timer = timeout === undefined ? undefined : setTimeout(expire, timeout);
          const begin = () => clearTimeout(timer);
          const end = () => {
            begin();
            outer?.removeEventListener("abort", abort);
          };
          return { signal: controller.signal, begin, end };
        }

        function parsed(text: string): { [name: string]: unknown } | undefined {
          try {
            const value: unknown = JSON.parse(text);
            return typeof value === "object" && value !== null ? (value as { [name: string]: unknown }) : undefined;
          } catch {
            return undefined;
          }
        }

        function isProblem(text: string): boolean {
          return typeof parsed(text)?.["title"] === "string";
        }

        /** The error of an answer, or of an event that has its status in it. */
        function failure(status: number, text: string): APIError {
          const problem = parsed(text) ?? {};
          return new APIError(status || Number(problem["status"]) || 0, problem);
        }

        /** The lines of a stream, however they end and wherever its pieces do. */
        async function* lines(stream: ReadableStream<Uint8Array>): Stream<string> {
          const reader = stream.getReader();
          const decoder = new TextDecoder();
          let rest = "";
          try {
            for (;;) {
              const { done, value } = await reader.read();
              rest += decoder.decode(value, { stream: !done });
              // A carriage return at the very end may be the first half of a line's end.
              const parts = rest.split(done ? /\r\n|\n|\r/ : /\r\n|\n|\r(?!$)/);
              rest = parts.pop() ?? "";
              yield* parts;
              if (done) break;
            }
            if (rest !== "") yield rest;
          } finally {
            await reader.cancel().catch(() => undefined);
          }
        }

        """#
}
