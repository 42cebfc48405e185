import { createServer } from 'node:http'
import Database from 'better-sqlite3'

// The least that can answer a page of the list: node:http, one prepared statement, and the rows as JSON. Given the
// database's path, it says its port on standard output.

const database = new Database(process.argv[2], { readonly: true })
const page = database.prepare(`
  SELECT uuid, name, status, alias, documentation, input_driver, input_driver_details, output_driver, output_driver_details,
    named_input, named_output, updated_at, code_size, sync_information, source_name, source_url, fields, starred, runs
  FROM function WHERE deleted_at IS NULL ORDER BY updated_at DESC, uuid DESC LIMIT 50`)

const server = createServer((_, response) => {
  response.setHeader('Content-Type', 'application/json')
  response.end(JSON.stringify(page.all()))
})
server.listen(0, '127.0.0.1', () => console.log(JSON.stringify(server.address())))
