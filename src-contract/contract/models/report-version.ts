/**
 * The version of the reports that the reader writes. Raise it by one whenever a report of the same file would say more, or
 * something else, than before: reports of an older version are then read again from their files.
 */
export const reportVersion = 3
