import { z } from 'zod'

/** Any value of JSON. Its type is told apart from zod's own schema, whose recursion the document's generator does not see. */
export const JsonValue = z.json().meta({ type: ['string', 'number', 'boolean', 'object', 'array', 'null'], items: {} })
