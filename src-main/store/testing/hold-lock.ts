import { lockDataDirectory } from '../lock.ts'

// Takes the data folder given as its argument, says so, and keeps it until it is ended.
lockDataDirectory(process.argv[2] ?? '')
process.send?.('locked')
setInterval(() => {}, 60_000)
