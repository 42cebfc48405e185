import type { Int64, WireReader } from '../wire/wire-reader.ts'
import type { DeviceConfiguration, Dimension, NodeDevices, Sharding } from './model.ts'

/** Decodes a DeviceConfigurationProto: a set of devices that the model may run on (IR version 11). */
export function decodeDeviceConfiguration(reader: WireReader, outer: number): DeviceConfiguration {
  const end = reader.enter(outer)
  const configuration: DeviceConfiguration = { name: '', count: 0, devices: [] }
  while (reader.position < end) {
    const tag = reader.tag()
    if (tag === 0x0a) configuration.name = reader.string(end)
    else if (tag === 0x10) configuration.count = reader.int32()
    else if (tag === 0x1a) configuration.devices.push(reader.name(end))
    else reader.skip(tag, end)
  }
  reader.leave(end)
  return configuration
}

/** Decodes a NodeDeviceConfigurationProto: on which of a configuration's devices a node runs. */
export function decodeNodeDevices(reader: WireReader, outer: number): NodeDevices {
  const end = reader.enter(outer)
  const placed: NodeDevices = { configuration: '', stage: null, sharding: [] }
  while (reader.position < end) {
    const tag = reader.tag()
    if (tag === 0x0a) placed.configuration = reader.string(end)
    else if (tag === 0x12) placed.sharding.push(decodeSharding(reader, end))
    else if (tag === 0x18) placed.stage = reader.int32()
    else reader.skip(tag, end)
  }
  reader.leave(end)
  return placed
}

function decodeSharding(reader: WireReader, outer: number): Sharding {
  const end = reader.enter(outer)
  const sharding: Sharding = { tensor: '', devices: [], groups: [], axes: [] }
  while (reader.position < end) {
    const tag = reader.tag()
    if (tag === 0x0a) sharding.tensor = reader.string(end)
    else if (tag === 0x10 || tag === 0x12) decodeNumbers(reader, tag, end, sharding.devices)
    else if (tag === 0x1a) sharding.groups.push(decodeGroup(reader, end))
    else if (tag === 0x22) sharding.axes.push(decodeShardedAxis(reader, end))
    else reader.skip(tag, end)
  }
  reader.leave(end)
  return sharding
}

/** Decodes an IntIntListEntryProto: a number for a group of devices, and the devices in it. */
function decodeGroup(reader: WireReader, outer: number): Sharding['groups'][number] {
  const end = reader.enter(outer)
  let index: Int64 = 0
  const devices: Int64[] = []
  while (reader.position < end) {
    const tag = reader.tag()
    if (tag === 0x08) index = reader.int64()
    else if (tag === 0x10 || tag === 0x12) decodeNumbers(reader, tag, end, devices)
    else reader.skip(tag, end)
  }
  reader.leave(end)
  return { index, devices }
}

function decodeShardedAxis(reader: WireReader, outer: number): Sharding['axes'][number] {
  const end = reader.enter(outer)
  let axis: Int64 = 0
  const parts: Sharding['axes'][number]['parts'] = []
  while (reader.position < end) {
    const tag = reader.tag()
    if (tag === 0x08) axis = reader.int64()
    else if (tag === 0x12) parts.push(decodeSimpleSharding(reader, end))
    else reader.skip(tag, end)
  }
  reader.leave(end)
  return { axis, parts }
}

function decodeSimpleSharding(reader: WireReader, outer: number): { size: Dimension; shards: Int64 } {
  const end = reader.enter(outer)
  let size: Dimension = null
  let shards: Int64 = 0
  while (reader.position < end) {
    const tag = reader.tag()
    if (tag === 0x08) size = reader.int64()
    else if (tag === 0x12) size = reader.string(end)
    else if (tag === 0x18) shards = reader.int64()
    else reader.skip(tag, end)
  }
  reader.leave(end)
  return { size, shards }
}

/** Adds one item of a repeated int64, or many that are packed. */
function decodeNumbers(reader: WireReader, tag: number, outer: number, into: Int64[]): void {
  const end = (tag & 7) === 0 ? reader.position + 1 : reader.fieldEnd(outer)
  while (reader.position < end) {
    reader.claim(1)
    into.push(reader.int64())
  }
}
