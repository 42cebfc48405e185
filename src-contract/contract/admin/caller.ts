import { z } from 'zod'

/** What a token may do; each scope includes the ones before it (contract.md 7). */
export const Scope = z.enum(['read', 'write', 'admin'])
export type Scope = z.infer<typeof Scope>

/** Whether a scope includes another. */
export const includes = (scope: Scope, other: Scope): boolean =>
  Scope.options.indexOf(scope) >= Scope.options.indexOf(other)

/** Who asks: the name stands as `By` in events and history. */
export const Caller = z.strictObject({ name: z.string().min(1), scope: Scope })
export type Caller = z.infer<typeof Caller>
