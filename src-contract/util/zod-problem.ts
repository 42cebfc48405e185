import type { z } from 'zod'
import { Problem } from '../contract/admin/problem.ts'

type Issue = z.core.$ZodIssue

/** @throws Problem that names the field */
export function parsed<Schema extends z.ZodType>(schema: Schema, value: unknown): z.output<Schema> {
  const result = schema.safeParse(value)
  if (!result.success) throw zodProblem(result.error.issues)
  return result.data
}

/** What is wrong with a value, the first where it is more than one thing, as a sentence that names the field. `within` is the path of the value itself. */
export function zodProblem(issues: readonly Issue[], within: string[] = []): Problem {
  // A name that is not known, often misspelled, explains why another is missing.
  const issue = issues.find(({ code }) => code === 'unrecognized_keys') ?? issues[0]
  if (!issue) return new Problem('invalid', 'The request is not valid.')
  if (issue.code === 'invalid_union') {
    const [first] = issue.errors
    if (first?.length) return zodProblem(first, [...within, ...issue.path.map(String)])
  }
  const path = [...within, ...issue.path.map(String)]
  if (issue.code === 'unrecognized_keys') {
    const field = [...path, issue.keys[0] ?? ''].join('.')
    return new Problem('invalid', `Unknown parameter or key: ${shown(field)}.`, { field })
  }
  if (issue.code === 'invalid_key') return zodProblem(issue.issues, path)
  const field = path.join('.')
  return new Problem('invalid', `${shown(field) || 'The body'} ${complaint(issue)}.`, field ? { field } : {})
}

/** A field's name as part of a sentence; what people send as a key may be long. */
function shown(field: string): string {
  return field.length > 80 ? `${field.slice(0, 79)}…` : field
}

function complaint(issue: Issue): string {
  if (/^(must|is|has) /.test(issue.message)) return issue.message
  switch (issue.code) {
    case 'invalid_type':
      return wrongType(issue)
    case 'invalid_value':
      return `must be ${issue.values.length > 1 ? 'one of ' : ''}${issue.values.map(String).join(', ')}`
    case 'too_big':
      return `must ${issue.origin === 'number' || issue.origin === 'int' ? 'be' : 'have'} at most ${issue.maximum}${unit(issue.origin)}`
    case 'too_small':
      return `must ${issue.origin === 'number' || issue.origin === 'int' ? 'be' : 'have'} at least ${issue.minimum}${unit(issue.origin)}`
    default:
      return 'is not valid'
  }
}

const words: Record<string, string> = {
  string: 'text',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
  array: 'a list',
  object: 'an object',
  record: 'an object',
  null: 'null',
}

function wrongType(issue: z.core.$ZodIssueInvalidType): string {
  if (/received undefined$/.test(issue.message)) return 'is missing'
  if (issue.expected === 'string' && /received array$/.test(issue.message)) return 'must be given once, as text'
  return `must be ${words[issue.expected] ?? issue.expected}`
}

function unit(origin: string): string {
  if (origin === 'string') return ' characters'
  return origin === 'array' || origin === 'set' ? ' items' : ''
}
