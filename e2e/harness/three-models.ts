import { models } from './models.ts'

/** A library of three real models, two of them with the same structure. */
export const threeModels = Object.values(models)
