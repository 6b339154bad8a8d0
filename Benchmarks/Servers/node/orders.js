// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

// node:http by itself, each field of an order checked by hand.
'use strict'
const { serve } = require('../shared/bench.js')

const emailPattern = /^[^\s@]+@[^\s@]+\.[^\s@]+$/
const skuPattern = /^[A-Z]{3}-[0-9]{4}$/

const isText = (value, least, most) => typeof value === 'string' && value.length >= least && value.length <= most

function itemFaults(item, index, faults) {
  const at = `items.${index}`
  if (typeof item !== 'object' || item === null) return faults.push(`${at}: an object`)
  if (typeof item.sku !== 'string' || !skuPattern.test(item.sku)) faults.push(`${at}.sku: like ABC-1234`)
  if (!isText(item.title, 1, 120)) faults.push(`${at}.title: 1 to 120 characters`)
  if (!Number.isInteger(item.quantity) || item.quantity < 1 || item.quantity > 1000) {
    faults.push(`${at}.quantity: 1 to 1000`)
  }
  if (typeof item.price !== 'number' || item.price < 0) faults.push(`${at}.price: 0 or more`)
}

function orderFaults(order) {
  if (typeof order !== 'object' || order === null) return ['an object']
  const faults = []
  if (!Number.isInteger(order.id)) faults.push('id: an integer')
  if (!isText(order.customer, 1, 80)) faults.push('customer: 1 to 80 characters')
  if (typeof order.email !== 'string' || !emailPattern.test(order.email)) faults.push('email: an address')
  if (!isText(order.note, 0, 500)) faults.push('note: up to 500 characters')
  if (typeof order.paid !== 'boolean') faults.push('paid: true or false')
  if (!Array.isArray(order.items) || order.items.length < 1 || order.items.length > 20) {
    faults.push('items: 1 to 20')
  } else {
    order.items.forEach((item, index) => itemFaults(item, index, faults))
  }
  return faults
}

// Only what was checked goes on, as where types do the checking.
function priced({ id, customer, email, note, paid, items }) {
  const kept = items.map(({ sku, title, quantity, price }) => ({ sku, title, quantity, price }))
  const total = kept.reduce((sum, item) => sum + item.quantity * item.price, 0)
  return { id, customer, email, note, paid, items: kept, total }
}

function sendJSON(response, status, value) {
  const body = JSON.stringify(value)
  response.writeHead(status, { 'Content-Type': 'application/json', 'Content-Length': Buffer.byteLength(body) })
  response.end(body)
}

function create(request, response) {
  const chunks = []
  request.on('data', (chunk) => chunks.push(chunk))
  request.on('end', () => {
    let order
    try {
      order = JSON.parse(Buffer.concat(chunks))
    } catch {
      return sendJSON(response, 400, { faults: ['JSON'] })
    }
    const faults = orderFaults(order)
    if (faults.length > 0) return sendJSON(response, 422, { faults })
    sendJSON(response, 200, priced(order))
  })
}

serve((request, response) => {
  if (request.method === 'POST' && request.url === '/orders') return create(request, response)
  response.writeHead(404, { 'Content-Length': 0 })
  response.end()
})
