import type { GraphPlacement } from '../../../src-contract/contract/models/graph.ts'
import type { NodeDevices } from '../decode/model.ts'
import { reportDimension, wide } from '../decode/report-values.ts'

/** Where a node runs, as the graph page has it. */
export function graphPlacement({ configuration, stage, sharding }: NodeDevices): GraphPlacement {
  return {
    Configuration: configuration,
    Stage: stage,
    Sharding: sharding.map(({ tensor, devices, groups, axes }) => ({
      Tensor: tensor,
      Devices: devices.map(wide),
      Groups: groups.map((group) => ({ Index: wide(group.index), Devices: group.devices.map(wide) })),
      Axes: axes.map(({ axis, parts }) => ({
        Axis: wide(axis),
        Parts: parts.map(({ size, shards }) => ({ Size: reportDimension(size), Shards: wide(shards) })),
      })),
    })),
  }
}
