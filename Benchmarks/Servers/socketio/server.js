// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

// Socket.IO for Node as its documentation sets it up.
'use strict'
const http = require('node:http')
const path = require('node:path')
const { settings } = require('../shared/bench.js')
const { Server } = require(path.join(process.env.SOCKETIO_DIR, 'node_modules', 'socket.io'))

const server = http.createServer()
const io = new Server(server)

io.on('connection', (socket) => {
  socket.on('echo', (text) => socket.emit('echo', text))
  socket.on('join', (room) => {
    socket.join(room)
    socket.emit('joined', room)
  })
  socket.on('send', (room, text) => io.to(room).emit('message', text))
})

server.listen(settings.port, '127.0.0.1', 2048)
