// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

// Express as its guide sets it up; NODE_PATH names the folder that has it.
'use strict'
const express = require('express')
const { serve, settings } = require('../shared/bench.js')

const app = express()
app.use(express.json())
app.get('/json', (request, response) => response.json({ message: 'Hello, World!' }))
app.get('/text', (request, response) => response.type('text/plain').send('Hello, World!'))
app.get('/users/:id', (request, response) => {
  const id = Number(request.params.id)
  response.json({ id, name: `User ${id}` })
})
app.post('/echo', (request, response) => response.json(request.body))
app.get('/large', (request, response) => response.json(settings.records))
app.get('/file', (request, response) => response.sendFile(settings.file))

serve(app)
