/** The column of an own field in an order. A comma in its name does not end the term: it stands there as `\,`, a backslash twice. */
export const fieldTerm = (name: string): `Field.${string}` => `Field.${name.replace(/[\\,]/g, '\\$&')}`

/** The terms of an order as they stand in it: `Name`, `-Field.stage`; commas separate that have no odd number of backslashes before them. */
export const orderTerms = (order: string): string[] => order.split(/(?<=(?<!\\)(?:\\\\)*),/)

/** The name of the field that a term `Field.…` names. */
export const fieldOfTerm = (term: string): string => term.slice('Field.'.length).replace(/\\([\\,])/g, '$1')
