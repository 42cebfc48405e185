import { arch, availableParallelism, cpus, release, totalmem, type } from 'node:os'
import type { Machine } from '../../src-contract/contract/models/benchmark.ts'

/** This machine, as a benchmark's result tells it. */
export function machine(): Machine {
  return {
    Cpu: cpus()[0]?.model.trim() || 'unknown',
    Cores: availableParallelism(),
    Memory: totalmem(),
    System: `${type()} ${release()} ${arch()}`,
  }
}
