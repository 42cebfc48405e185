// Takes the place of better-sqlite3's lib/binding.js where Electron cannot load its native code: each call is answered by a Node
// (server.cjs), synchronously over two named pipes. Everything above the native code is better-sqlite3's own.
const { execFileSync, spawn } = require('node:child_process')
const { mkdtempSync, openSync } = require('node:fs')
const { tmpdir } = require('node:os')
const { join } = require('node:path')
const { receive, send } = require('./messages.cjs')

let pipes
let SqliteError
/** Functions of ours that SQL can call. */
const functions = []

function connect() {
  const folder = mkdtempSync(join(tmpdir(), 'cabinet-sqlite-'))
  const requests = join(folder, 'requests')
  const replies = join(folder, 'replies')
  execFileSync('mkfifo', [requests, replies])
  const server = spawn(process.env.SQLITE_NODE, [join(__dirname, 'server.cjs'), requests, replies], {
    stdio: ['ignore', 'ignore', 'inherit'],
  })
  server.unref()
  return { requests: openSync(requests, 'w'), replies: openSync(replies, 'r') }
}

function ask(request) {
  pipes ??= connect()
  send(pipes.requests, request)
  let reply = receive(pipes.replies)
  // SQL that calls one of our functions waits for its value.
  for (; reply.called !== undefined; reply = receive(pipes.replies)) {
    send(pipes.requests, { value: functions[reply.called](...reply.args) })
  }
  const { value, id, error } = reply
  if (error) throw error.code ? new SqliteError(error.message, error.code) : new TypeError(error.message)
  return { value, id }
}

class Remote {
  constructor(id) {
    this.id = id
  }
  call(method, args) {
    const { value, id } = ask({ id: this.id, method, args })
    if (id === undefined) return value
    return id === this.id ? this : new Statement(id)
  }
  get(name) {
    return ask({ id: this.id, property: name }).value
  }
}

class Statement extends Remote {
  iterate(...args) {
    return this.call('iterate', args)[Symbol.iterator]()
  }
}
for (const method of ['run', 'get', 'all', 'pluck', 'raw', 'expand', 'bind', 'columns', 'safeIntegers']) {
  Statement.prototype[method] = function (...args) {
    return this.call(method, args)
  }
}

class Database extends Remote {
  constructor(...args) {
    super(ask({ open: args }).id)
  }
  function(callback, ...about) {
    ask({ id: this.id, define: functions.push(callback) - 1, args: about })
  }
  prepare(sql, _database, ...flags) {
    return this.call('prepare', [sql, ...flags])
  }
}
for (const method of ['exec', 'close', 'defaultSafeIntegers']) {
  Database.prototype[method] = function (...args) {
    return this.call(method, args)
  }
}
for (const name of ['name', 'open', 'inTransaction', 'readonly', 'memory']) {
  Object.defineProperty(Database.prototype, name, {
    get() {
      return Remote.prototype.get.call(this, name)
    },
  })
}

const addon = {
  initialize(given) {
    SqliteError = given
  },
  Database,
}
exports.getBinding = () => addon
