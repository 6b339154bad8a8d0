// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

import { APIError, Client, ErrorCode, Incident, TicketDraft } from "./client.js";

/** Calls everything, and returns what was not as it should be. */
export async function check(baseURL: string, isBrowser: boolean): Promise<string[]> {
  const failures: string[] = [];
  const expect = (what: string, found: unknown, expected: unknown) => {
    const [left, right] = [JSON.stringify(found), JSON.stringify(expected)];
    if (left !== right) failures.push(`${what}: ${left} instead of ${right}`);
  };
  const client = new Client({ baseURL });
  for (const part of [values, errors, streams, bodies, credentials, cancellation]) {
    try {
      await part(client, baseURL, isBrowser, expect);
    } catch (error) {
      failures.push(`${part.name}: ${error} ${(error as Error).stack} ${(error as { cause?: unknown }).cause}`);
    }
  }
  return failures;
}

type Expect = (what: string, found: unknown, expected: unknown) => void;

async function failure(call: Promise<unknown>): Promise<APIError> {
  try {
    await call;
  } catch (error) {
    if (error instanceof APIError) return error;
    throw error;
  }
  throw new Error("there was no error");
}

async function values(client: Client, _: string, isBrowser: boolean, expect: Expect) {
  const ticket = await client.tickets.get({ id: 3 });
  const note: string | null = ticket.note;
  expect("unicode", ticket.subject, "Grüße, 世界 🎉");
  expect("null", note, null);
  expect("moment", new Date(ticket.openedAt).getTime(), 1795000000250);
  expect("dictionary", ticket.counts["größe"], 3);
  expect("recursion", ticket.related[0]?.subject, "inner");
  expect("keyword", [ticket.class, ticket["reply-to"], ticket.anything], ["plain", null, { x: [1, null, true] }]);
  expect("union", ticket.history.map(told), ["Ada", "Bob: null", "again"]);
  expect("defaults", (await client.tickets.list()).length, 2);
  const found = await client.tickets.list({ mood: "angry", tag: ["a&b", "ü", "c d"], limit: 1 });
  expect("query", found.map((ticket) => [ticket.subject, ticket.mood]), [["a&b|ü|c d", "angry"]]);
  const draft: TicketDraft = { subject: "It is on fire 🔥", history: [{ type: "opened", by: "me" }] };
  const made = await client.tickets.create(draft);
  expect("body", [made.subject, made.mood, made.history], [draft.subject, "calm", draft.history]);
  expect("nothing", await client.tickets.close({ id: 2 }), undefined);
  expect("missing", await client.tickets.change({ id: 4 }, { note: null }), "4 missing null");
  expect("change", await client.tickets.change({ id: 4 }, { subject: "x" }), "4 x missing");
  expect("closure", await client.getHelloName({ name: "a/b ?%" }), "Hello, a/b ?%!");
  if (!isBrowser) {
    expect("field", await client.tickets.said({ xWord: "word", session: 7 }), "word 7");
  }
  expect("segment", await client.tickets.named({ name: ".." }).then(String, (error) => error.name), "TypeError");
}

function told(incident: Incident): string {
  switch (incident.type) {
    case "opened": return incident.by;
    case "closed": return `${incident.by}: ${incident.reason}`;
    case "re-opened": return "again";
  }
}

async function errors(client: Client, baseURL: string, _: boolean, expect: Expect) {
  const closed = await failure(client.tickets.close({ id: 1 }));
  const code: ErrorCode = "ticket-closed";
  expect("problem", [closed.status, closed.code, closed.detail], [409, code, "The ticket is closed."]);
  expect("message", [closed.name, closed.message], ["APIError", "The ticket is closed."]);
  const missing = await failure(client.tickets.get({ id: 100 }));
  expect("missing", [missing.status, missing.code], [404, "no-such-ticket"]);
  const invalid = await failure(client.tickets.create({ subject: "", tags: ["a", "b", "c", "d"] }));
  expect("invalid", [invalid.status, invalid.code], [422, "invalid-request"]);
  expect("pointers", invalid.errors.map((error) => [error.in, error.pointer]), [["body", "/subject"], ["body", "/tags"]]);
  const place = (await failure(client.tickets.list({ limit: 1.5 }))).errors[0];
  expect("place", [place?.in, place?.name], ["query", "limit"]);
  const other = await failure(client.failing());
  expect("other", [other.status, other.code, other.title], [502, "", "Status 502"]);
  const gone = new Client({ baseURL: baseURL.replace(/:\d+$/, ":1") });
  if (baseURL !== "") expect("gone", await gone.left().catch((error) => error.name), "TypeError");
}

async function streams(client: Client, _: string, __: boolean, expect: Expect) {
  const pings = [];
  for await (const event of client.pings.watch({ count: 3 })) {
    pings.push([event.data.number, event.data.text, event.event, event.id]);
  }
  const text = "a\nb 🎉";
  expect("events", pings, [[0, text, "message", "0"], [1, text, "second", "1"], [2, text, "message", "2"]]);
  const lines = [];
  for await (const ping of client.pings.export()) lines.push(ping);
  expect("lines", lines, [0, 1, 2].map((number) => ({ number, text: "é\r\n" })));
  const seen: number[] = [];
  const error = await failure((async () => {
    for await (const event of client.pings.watchFailing()) seen.push(event.data.number);
  })());
  expect("failing", [seen, error.code, error.status], [[0], "ticket-closed", 409]);
}

/** Waits until the server knows that so many clients have left. */
async function left(client: Client, count: number): Promise<number> {
  const end = Date.now() + 10_000;
  for (;;) {
    const value = Number(await client.left());
    if (value >= count || Date.now() > end) return value;
  }
}

async function cancellation(client: Client, _: string, __: boolean, expect: Expect) {
  const before = Number(await client.left());
  let last = 0;
  for await (const event of client.pings.watchEndless()) {
    last = event.data.number;
    if (last === 5) break;
  }
  expect("break", [last, await left(client, before + 1)], [5, before + 1]);
  const controller = new AbortController();
  const error = await (async () => {
    for await (const ping of client.pings.exportEndless({ signal: controller.signal })) {
      if (ping.number === 5) controller.abort();
    }
  })().catch((error) => error.name);
  expect("abort", [error, await left(client, before + 2)], ["AbortError", before + 2]);
  expect("timeout", await client.stuck({ timeout: 50 }).catch((error) => error.name), "TimeoutError");
  const ended = new AbortController();
  ended.abort();
  const aborted = client.left({ signal: ended.signal });
  expect("aborted", await aborted.catch((error) => error.name), "AbortError");
}

async function bodies(client: Client, _: string, __: boolean, expect: Expect) {
  const photo = new File([new Uint8Array([1, 2, 3])], "käse.png", { type: "image/png" });
  const sent = await client.files.upload({
    title: "T 🎉", tags: ["a", "b"], nested: { depth: 3 }, photo, others: [new Blob(["x"]), new Blob(["yz"])],
  });
  expect("upload", sent.slice(0, 4), ["T 🎉", "a|b", "3", "käse.png:image/png:3"]);
  expect("uploads", sent.slice(4).map((text) => text.replace(/^.*:/, "")), ["1", "2"]);
  const bytes = new Uint8Array([0, 255, 10, 13]);
  const answer = await client.files.echo(bytes);
  expect("bytes", Array.from(new Uint8Array(await answer.arrayBuffer())), Array.from(bytes));
}

async function credentials(_: Client, baseURL: string, __: boolean, expect: Expect) {
  let count = 0;
  const token = async () => `t${++count}`;
  const client = new Client({ baseURL, token, apiKey: "k 1", queryKey: () => "q&1", headers: { "x-extra": "e" } });
  await client.who();
  expect("tokens", await client.who(), ["Bearer t2", "k 1", "q&1", "e"]);
  const basic = new Client({ baseURL, login: { username: "Ada", password: "ö:🎉" } });
  expect("basic", (await basic.who({ headers: { "x-extra": "f" } })).filter((_, index) => index !== 1), ["Basic QWRhOsO2OvCfjok=", "-", "f"]);
  const paths: string[] = [];
  const custom = new Client({ baseURL, fetch: async (url, init) => (paths.push(String(url)), fetch(url, init)) });
  await custom.left();
  expect("fetch", paths, [`${baseURL}/left`]);
}
