// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

// Node's ws, with the rooms that its users keep themselves: a Map of Sets, sent to one by one as its README shows.
'use strict'
const http = require('node:http')
const { WebSocketServer, WebSocket } = require('ws')
const { settings } = require('../shared/bench.js')

const rooms = new Map()

function echo(socket) {
  socket.on('message', (data, isBinary) => socket.send(data, { binary: isBinary }))
}

function join(socket, name) {
  if (!rooms.has(name)) rooms.set(name, new Set())
  const room = rooms.get(name)
  room.add(socket)
  socket.on('close', () => {
    room.delete(socket)
    if (room.size === 0) rooms.delete(name)
  })
  socket.send(`joined ${name}`)
}

function send(name, data) {
  for (const socket of rooms.get(name) ?? []) {
    if (socket.readyState === WebSocket.OPEN) socket.send(data, { binary: false })
  }
}

function inRooms(socket) {
  socket.on('message', (data) => {
    const from = data.indexOf(' ') + 1
    if (data.toString('latin1', 0, from) === 'join ') return join(socket, data.toString('utf8', from))
    const until = data.indexOf(' ', from)
    send(data.toString('utf8', from, until), data.subarray(until + 1))
  })
}

const server = http.createServer()
const sockets = new WebSocketServer({ server })
sockets.on('connection', (socket, request) => (request.url === '/echo' ? echo : inRooms)(socket))
server.listen(settings.port, '127.0.0.1', 2048)
