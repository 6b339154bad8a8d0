// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

// Fastify as its guide sets it up, an order checked by its schema; FASTIFY_DIR names the folder that has Fastify.
'use strict'
const { createRequire } = require('node:module')
const path = require('node:path')
const { keepAliveTimeout, settings, workers } = require('../shared/bench.js')

const fastify = createRequire(path.join(path.resolve(process.env.FASTIFY_DIR), 'index.js'))('fastify')

const text = (minLength, maxLength) => ({ type: 'string', minLength, maxLength })
const object = (properties) => ({ type: 'object', properties, required: Object.keys(properties) })

const item = object({
  sku: { type: 'string', pattern: '^[A-Z]{3}-[0-9]{4}$' },
  title: text(1, 120),
  quantity: { type: 'integer', minimum: 1, maximum: 1000 },
  price: { type: 'number', minimum: 0 },
})
const fields = {
  id: { type: 'integer' },
  customer: text(1, 80),
  email: { type: 'string', format: 'email' },
  note: text(0, 500),
  paid: { type: 'boolean' },
  items: { type: 'array', items: item, minItems: 1, maxItems: 20 },
}
const schema = { body: object(fields), response: { 200: object({ ...fields, total: { type: 'number' } }) } }

workers(() => {
  // All faults of a body are named, as everyone else here does; by itself Fastify stops at the first.
  const app = fastify({ keepAliveTimeout, ajv: { customOptions: { allErrors: true } } })
  app.post('/orders', { schema }, async (request) => {
    const order = request.body
    return { ...order, total: order.items.reduce((sum, each) => sum + each.quantity * each.price, 0) }
  })
  app.listen({ host: '127.0.0.1', port: settings.port, backlog: 2048 })
})
