// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

// What the Node servers share: the settings that the benchmark hands over, and starting on 127.0.0.1.
'use strict'
const cluster = require('node:cluster')
const fs = require('node:fs')
const http = require('node:http')
const http2 = require('node:http2')

const environment = process.env

// Longer than any measurement: the benchmark counts idle connections.
const keepAliveTimeout = 300_000

const settings = {
  port: Number(process.argv[2] ?? environment.PORT ?? 8080),
  tlsPort: Number(process.argv[3] ?? environment.TLS_PORT ?? 0),
  threads: Number(environment.THREADS ?? 1),
  file: environment.BENCH_FILE,
  records: environment.BENCH_RECORDS ? JSON.parse(fs.readFileSync(environment.BENCH_RECORDS)) : [],
}

// Runs `start` in this process, or in as many workers as event loops are asked for.
function workers(start) {
  if (settings.threads > 1 && cluster.isPrimary) {
    for (let index = 0; index < settings.threads; index++) cluster.fork()
    process.on('SIGTERM', () => process.exit())
  } else {
    start()
  }
}

// Serves HTTP/1 and, where the benchmark names a port for it, HTTP/2 over TLS.
function serve(handler, secure) {
  workers(() => {
    http.createServer({ keepAliveTimeout }, handler).listen(settings.port, '127.0.0.1', 2048)
    if (secure && settings.tlsPort) {
      const tls = { cert: fs.readFileSync(environment.CERT), key: fs.readFileSync(environment.KEY) }
      http2.createSecureServer(tls, secure).listen(settings.tlsPort, '127.0.0.1', 2048)
    }
  })
}

module.exports = { keepAliveTimeout, serve, settings, workers }
