import { join } from 'node:path'
import { programFolder } from '../../files/program-folder.ts'

/** Small models of our own that ship with the program, so that a new user has something to look at.. */
const names = ['edges.onnx', 'three_tones.onnx']

/** @returns their paths */
export const exampleModels = (): string[] => names.map((name) => join(programFolder(), 'examples', name))
