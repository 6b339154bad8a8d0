-- Part of Tandem. Copyright the Tandem authors.
-- SPDX-License-Identifier: Apache-2.0

-- For wrk: posts the file named by BENCH_BODY where there is one, and prints its figures as JSON.
function init(arguments)
   local path = os.getenv("BENCH_BODY")
   if path then
      local file = assert(io.open(path, "rb"))
      wrk.method = "POST"
      wrk.body = file:read("*a")
      wrk.headers["Content-Type"] = "application/json"
      file:close()
   end
end

function done(summary, latency, requests)
   local errors = summary.errors
   io.write(string.format(
      'FIGURES {"requests": %d, "seconds": %.6f, "p50_ms": %.4f, "p99_ms": %.4f, "wrong": %d, "broken": %d}\n',
      summary.requests, summary.duration / 1e6,
      latency:percentile(50) / 1e3, latency:percentile(99) / 1e3,
      errors.status, errors.connect + errors.read + errors.write + errors.timeout))
end
