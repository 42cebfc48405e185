import { openStore } from '../../../src-main/store/open-store.ts'

// Opens a cabinet's database, which brings it up to date first: `migrate-store.ts FOLDER`.

const [folder = ''] = process.argv.slice(2)
openStore(folder).close()
