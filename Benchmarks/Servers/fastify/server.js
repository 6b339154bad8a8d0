// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

// Fastify as its guide sets it up, with a schema for each answer; FASTIFY_DIR names the folder that has it.
'use strict'
const fs = require('node:fs')
const { createRequire } = require('node:module')
const path = require('node:path')
const { keepAliveTimeout, settings, workers } = require('../shared/bench.js')

const fastify = createRequire(path.join(path.resolve(process.env.FASTIFY_DIR), 'index.js'))('fastify')

const integer = { type: 'integer' }
const number = { type: 'number' }
const string = { type: 'string' }
const boolean = { type: 'boolean' }
const object = (properties) => ({ type: 'object', properties, required: Object.keys(properties) })
const array = (items) => ({ type: 'array', items })

const message = object({ message: string })
const user = object({ id: integer, name: string })
const record = object({ id: integer, name: string, email: string, active: boolean, score: number, tags: array(string) })
const item = object({ sku: string, title: string, quantity: integer, price: number })
const order = object({ id: integer, customer: string, note: string, paid: boolean, items: array(item) })

const answers = (schema) => ({ schema: { response: { 200: schema } } })

function routes(app) {
  app.get('/json', answers(message), async () => ({ message: 'Hello, World!' }))
  app.get('/text', async (request, reply) => reply.type('text/plain; charset=utf-8').send('Hello, World!'))
  app.get('/users/:id', answers(user), async (request) => {
    const id = Number(request.params.id)
    return { id, name: `User ${id}` }
  })
  app.post('/echo', { schema: { body: order, response: { 200: order } } }, async (request) => request.body)
  app.get('/large', answers(array(record)), async () => settings.records)
  app.get('/file', async (request, reply) => {
    const { size } = await fs.promises.stat(settings.file)
    return reply
      .type('application/octet-stream')
      .header('content-length', size)
      .send(fs.createReadStream(settings.file))
  })
}

function start(port, options) {
  const app = fastify({ keepAliveTimeout, ...options })
  routes(app)
  app.listen({ host: '127.0.0.1', port, backlog: 2048 })
}

workers(() => {
  start(settings.port, {})
  if (settings.tlsPort) {
    const https = { cert: fs.readFileSync(process.env.CERT), key: fs.readFileSync(process.env.KEY) }
    start(settings.tlsPort, { http2: true, https })
  }
})
