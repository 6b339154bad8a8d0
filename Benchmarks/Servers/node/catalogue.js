// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

// The catalogue with node:http and node-postgres, by SQL that is prepared once a connection.
'use strict'
const { Pool, types } = require('pg')
const { serve } = require('../shared/bench.js')

// Numbers of 64 bits as numbers: none here is beyond what a double holds.
types.setTypeParser(20, Number)
const pool = new Pool({ connectionString: process.env.DATABASE_URL, max: 10 })

const columns = 'p.id, p.name, p.version, p.priority, p.size, p.installed, p.essential, p.score, p.summary'
const one = {
  name: 'one',
  text: `SELECT ${columns}, p.section_id AS "sectionID" FROM packages p WHERE p.name = $1`,
}
const page = {
  name: 'page',
  text: `SELECT ${columns}, s.id AS section_id, s.name AS section FROM packages p
         JOIN sections s ON s.id = p.section_id ORDER BY p.id LIMIT 20 OFFSET $1`,
}

function send(response, value) {
  const body = JSON.stringify(value)
  response.writeHead(200, { 'Content-Type': 'application/json', 'Content-Length': Buffer.byteLength(body) })
  response.end(body)
}

function sendStatus(response, status) {
  response.writeHead(status, { 'Content-Length': 0 })
  response.end()
}

async function answer(request, response) {
  const url = new URL(request.url, 'http://localhost')
  if (url.pathname === '/packages') {
    const number = Number(url.searchParams.get('page') ?? 1)
    const { rows } = await pool.query({ ...page, values: [(number - 1) * 20] })
    for (const row of rows) {
      row.section = { id: row.section_id, name: row.section }
      delete row.section_id
    }
    return send(response, rows)
  }
  const name = /^\/packages\/([^/]+)$/.exec(url.pathname)
  if (!name) return sendStatus(response, 404)
  const { rows } = await pool.query({ ...one, values: [decodeURIComponent(name[1])] })
  return rows.length ? send(response, rows[0]) : sendStatus(response, 404)
}

serve((request, response) => {
  answer(request, response).catch((error) => {
    console.error(error)
    sendStatus(response, 500)
  })
})
