// Runs the matrix in Node, where the client for browsers lacks two things.
"use strict"
const http = require("http")

globalThis.WebSocket = require("ws")
globalThis.XMLHttpRequest = class {
    responseType = ""
    readyState = 0
    status = 0
    responseText = ""
    headers = {}

    open(method, url) {
        this.method = method
        this.url = url
    }

    setRequestHeader(name, value) {
        if (name.toLowerCase() !== "accept") this.headers[name] = value
    }

    getResponseHeader() {
        return null
    }

    send(body) {
        const options = {method: this.method, headers: this.headers, agent: false}
        this.request = http.request(this.url, options, response => {
            this.status = response.statusCode
            this.changed(3)
            const parts = []
            response.on("data", part => parts.push(part))
            response.on("end", () => {
                this.responseText = Buffer.concat(parts).toString()
                this.changed(4)
            })
            response.on("error", () => this.failed())
        })
        this.request.on("error", () => this.failed())
        this.request.end(body ?? undefined)
    }

    abort() {
        this.onreadystatechange = () => {}
        this.request?.destroy()
    }

    failed() {
        this.status = 0
        this.changed(4)
    }

    changed(state) {
        this.readyState = state
        this.onreadystatechange?.()
    }
}

const [client, url] = process.argv.slice(2)
require("./matrix.js")(require(require("path").resolve(client)), url).then(
    lines => {
        console.log(lines.join("\n"))
        process.exit(0)
    },
    error => {
        console.log(error)
        process.exit(1)
    },
)
