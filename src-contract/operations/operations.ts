import { adminOperations } from './admin.ts'
import { catalogueOperations } from './catalogues.ts'
import { functionOperations, linkOperations } from './functions.ts'
import { historyOperations, jobOperations } from './jobs.ts'
import { listOperations } from './lists.ts'
import { modelOperations } from './models.ts'
import { authOperations, documentOperations, globalOperations } from './service.ts'

/** Every operation of the Compute API by its `operationId`, in the order of the document. */
export const operations = {
  ...catalogueOperations,
  ...globalOperations,
  ...listOperations,
  ...functionOperations,
  ...modelOperations,
  ...historyOperations,
  ...jobOperations,
  ...linkOperations,
  ...adminOperations,
  ...authOperations,
  ...documentOperations,
}
