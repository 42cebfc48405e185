export { duration, plural } from '../../../src-contract/words/human-number.ts'
