// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

// V8's JSON:
//   codec.js text|bytes roundtrip FILE
//   codec.js text|bytes decode|encode FILE WARMUP SECONDS
// `text` takes and gives JavaScript's strings, `bytes` what a socket has.
'use strict'
const fs = require('node:fs')

const forms = {
  text: { text: (bytes) => bytes.toString(), decode: (text) => JSON.parse(text), encode: (value) => JSON.stringify(value) },
  bytes: {
    text: (bytes) => bytes,
    decode: (bytes) => JSON.parse(bytes.toString()),
    encode: (value) => Buffer.from(JSON.stringify(value)),
  },
}

let last

function turns(seconds, work) {
  const end = performance.now() + seconds * 1000
  let turns = 0
  do {
    last = work()
    turns++
  } while (performance.now() < end)
  return turns
}

function measure(warmup, seconds, work) {
  turns(warmup, work)
  const before = process.cpuUsage()
  const done = turns(seconds, work)
  const { user, system } = process.cpuUsage(before)
  console.log(JSON.stringify({ turns: done, cpu_seconds: (user + system) / 1e6 }))
}

const [name, work, file, warmup, seconds] = process.argv.slice(2)
const form = forms[name]
const text = form.text(fs.readFileSync(file))
const value = form.decode(text)
switch (work) {
  case 'roundtrip': process.stdout.write(form.encode(value)); break
  case 'decode': measure(Number(warmup), Number(seconds), () => form.decode(text)); break
  case 'encode': measure(Number(warmup), Number(seconds), () => form.encode(value)); break
  default: throw new Error(`there is no work '${work}'`)
}
