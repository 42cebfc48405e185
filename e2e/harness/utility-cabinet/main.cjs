// Starts the app as in an Electron whose Node-API loads better-sqlite3: here binding.cjs answers for it.
Object.defineProperty(process, 'versions', { value: { ...process.versions, napi: '10' } })
require('./out/main/main.cjs')
