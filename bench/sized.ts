/** `npm run bench -- --tiny`: sizes that only show that each benchmark runs to its end, as CI does; its figures mean nothing. */
export const isTiny = process.argv.includes('--tiny')

export const sized = <T>(usual: T, tiny: T): T => (isTiny ? tiny : usual)
