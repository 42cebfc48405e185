/** What a schema of the contract says of a value that it refuses, as a sentence. @throws Error */
export function checked<Value>(
  schema: { safeParse(value: unknown): { data?: Value; error?: { issues: { message: string }[] } | undefined } },
  value: unknown,
  subject: string,
): Value {
  const { data, error } = schema.safeParse(value)
  if (data === undefined) throw new Error(`${subject} ${error?.issues[0]?.message ?? 'is not valid'}.`)
  return data
}
