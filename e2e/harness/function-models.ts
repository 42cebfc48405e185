import { writeClassifier, writeStrange } from './built-models.ts'
import { models } from './models.ts'

/** The library for the tests of a model's page. */
export const functionModels = async (
  { modelFolder }: { modelFolder: string },
  use: (paths: string[]) => Promise<void>,
) => use([models.v5, models.v6, await writeClassifier(modelFolder), await writeStrange(modelFolder)])
