// Messages over a pipe, each after its length, sent and awaited synchronously.
const { readSync, writeSync } = require('node:fs')
const { deserialize, serialize } = require('node:v8')

exports.send = (pipe, message) => {
  const body = serialize(message)
  const length = Buffer.alloc(4)
  length.writeUInt32LE(body.length)
  let rest = Buffer.concat([length, body])
  while (rest.length > 0) rest = rest.subarray(writeSync(pipe, rest))
}

/** Undefined where the other side is gone. */
exports.receive = (pipe) => {
  const length = read(pipe, 4)
  return length && deserialize(read(pipe, length.readUInt32LE()))
}

function read(pipe, length) {
  const buffer = Buffer.alloc(length)
  for (let done = 0; done < length; ) {
    const count = readSync(pipe, buffer, done, length - done)
    if (count === 0) return undefined
    done += count
  }
  return buffer
}
