/** The execution provider that models run on: the one that every machine has. */
export const PROVIDER = 'CPUExecutionProvider'
