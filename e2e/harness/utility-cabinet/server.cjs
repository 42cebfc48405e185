// The Node's side of binding.cjs: calls better-sqlite3's native objects, until the process that asks is gone.
const { openSync } = require('node:fs')
const SQLite = require(process.env.SQLITE_MODULE)
const { receive, send } = require('./messages.cjs')

const [, , requests, replies] = process.argv
const input = openSync(requests, 'r')
const output = openSync(replies, 'w')

const objects = new Map()
const keep = (object) => {
  objects.set(objects.size + 1, object)
  return objects.size
}

/** A function of the other side, while that waits for an answer. */
const remote =
  (called) =>
  (...args) => {
    send(output, { called, args })
    return receive(input).value
  }

function answer({ open, id, method, property, define, args = [] }) {
  if (open) {
    const [, name, , readonly, fileMustExist, timeout] = open
    const database = new SQLite(name, { readonly, fileMustExist, timeout })
    return { id: keep(database[Object.getOwnPropertySymbols(database)[0]]) }
  }
  const object = objects.get(id)
  if (define !== undefined) {
    object.function(remote(define), ...args)
    return {}
  }
  if (property) return { value: object[property] }
  // A statement keeps its database alive by the second argument.
  if (method === 'prepare') return { id: keep(object.prepare(args[0], object, ...args.slice(1))) }
  const value = object[method](...args)
  if (value === object) return { id }
  return { value: method === 'iterate' ? [...value] : value }
}

for (let request = receive(input); request; request = receive(input)) {
  let reply
  try {
    reply = answer(request)
  } catch ({ message, code }) {
    reply = { error: { message, code } }
  }
  send(output, reply)
}
