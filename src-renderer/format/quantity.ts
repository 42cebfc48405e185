export { duration, plural } from '../../src-contract/human-number.ts'
