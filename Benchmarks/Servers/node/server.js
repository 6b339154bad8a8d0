// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

// node:http by itself: a switch for a router, JSON of V8, files as streams.
'use strict'
const fs = require('node:fs')
const { pipeline } = require('node:stream')
const { serve, settings } = require('../shared/bench.js')

const userPath = /^\/users\/(\d+)$/

function send(response, type, body) {
  response.writeHead(200, { 'Content-Type': type, 'Content-Length': Buffer.byteLength(body) })
  response.end(body)
}

function sendJSON(response, value) {
  send(response, 'application/json', JSON.stringify(value))
}

function sendStatus(response, status) {
  response.writeHead(status, { 'Content-Length': 0 })
  response.end()
}

function sendFile(response, path) {
  fs.stat(path, (error, stat) => {
    if (error) return sendStatus(response, 404)
    response.writeHead(200, { 'Content-Type': 'application/octet-stream', 'Content-Length': stat.size })
    pipeline(fs.createReadStream(path), response, () => {})
  })
}

function echo(request, response) {
  const chunks = []
  request.on('data', (chunk) => chunks.push(chunk))
  request.on('end', () => {
    let order
    try {
      order = JSON.parse(Buffer.concat(chunks))
    } catch {
      return sendStatus(response, 400)
    }
    sendJSON(response, order)
  })
}

function get(request, response) {
  switch (request.url) {
    case '/json': return sendJSON(response, { message: 'Hello, World!' })
    case '/text': return send(response, 'text/plain; charset=utf-8', 'Hello, World!')
    case '/large': return sendJSON(response, settings.records)
    case '/file': return sendFile(response, settings.file)
  }
  const user = userPath.exec(request.url)
  if (!user) return sendStatus(response, 404)
  const id = Number(user[1])
  sendJSON(response, { id, name: `User ${id}` })
}

function handle(request, response) {
  if (request.method === 'GET') return get(request, response)
  if (request.method === 'POST' && request.url === '/echo') return echo(request, response)
  sendStatus(response, 404)
}

serve(handle, handle)
