// Loaded before every command, by whatever Node there is: only old syntax here, and no imports.
// The store's native code crashes a Node that is too old, and TypeScript is not understood by it.
var needed = [22, 18]
var parts = process.versions.node.split('.').map(Number)
if (parts[0] < needed[0] || (parts[0] === needed[0] && parts[1] < needed[1])) {
  process.stderr.write(
    'Model Cabinet needs Node ' +
      needed.join('.') +
      ' or newer, and this is ' +
      process.versions.node +
      '. ' +
      'On Linux and Windows "npm ci" brings a Node of its own; elsewhere install one from https://nodejs.org.\n',
  )
  process.exit(1)
}
// What was compiled once is not compiled again by the next command, nor by the processes that it starts: most of what a start takes.
if (!process.env.NODE_COMPILE_CACHE) {
  process.env.NODE_COMPILE_CACHE = require('node:path').join(__dirname, '..', '.cache', 'compiled')
  require('node:module').enableCompileCache(process.env.NODE_COMPILE_CACHE)
}
